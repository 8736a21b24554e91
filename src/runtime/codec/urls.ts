import type { MakeCodec } from './codec.js';

// Structured clone gives `{}` for both on Node 20 and refuses them from 22 on.

export const url: MakeCodec = {
  kind: 'make',
  matches: (value) => value instanceof URL,
  write: (value) => (value as URL).href,
  make: (href) => new URL(href as string),
};

export const urlSearchParams: MakeCodec = {
  kind: 'make',
  matches: (value) => value instanceof URLSearchParams,
  write: (value) => [...(value as URLSearchParams)],
  make: (entries) => new URLSearchParams(entries as [string, string][]),
};
