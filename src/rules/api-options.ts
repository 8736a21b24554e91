import type { JSONSchema } from '@typescript-eslint/utils';
import type { WantedApis } from '../analysis/may-call.js';
import { apiName, isAtLeast, matchesApiPattern } from '../catalogue/lookup.js';
import type { BlockingApi } from '../catalogue/types.js';

/** Options by which a rule's user says which APIs are of interest. */
export interface ApiOptions {
  readonly ignore: readonly string[];
  readonly include: readonly string[];
  readonly minimumCost: 'any' | 'short' | 'long';
}

export const apiOptionsSchema: Readonly<Record<keyof ApiOptions, JSONSchema.JSONSchema4>> = {
  ignore: {
    type: 'array',
    items: { type: 'string', minLength: 1 },
    uniqueItems: true,
    description: 'APIs to leave alone, by name or with `*`: `fs.existsSync`, `child_process.*`.',
    default: [],
  },
  include: {
    type: 'array',
    items: { type: 'string', minLength: 1 },
    uniqueItems: true,
    description: 'APIs to report although most calls of them are quick, by name or with `*`: `JSON.parse`, `crypto.*`.',
    default: [],
  },
  minimumCost: {
    type: 'string',
    enum: ['any', 'short', 'long'],
    description: '`long` leaves alone what costs one metadata system call, such as `fs.existsSync`; `any` also reports what computes on data of any size and is quick for most, such as `JSON.parse`.',
    default: 'short',
  },
};

/**
 * What the configuration `strict` reports: also what is quick for most inputs and long for some. Hashes and random bytes are left out, which
 * are nearly always quick and hardly ever worth a trip.
 */
export const strictApis = {
  contexts: 'event-loop',
  include: ['crypto.*', 'jsonwebtoken.*', 'marked.*', 'v8.*', 'vm.*', 'wasi.*'],
  ignore: ['crypto.createHash', 'crypto.hash', 'crypto.random*'],
} as const;

/** The APIs that are to be reported. */
export function wantedApis(options: ApiOptions): WantedApis {
  const { ignore, include, minimumCost } = options;
  return { key: ignore.length + include.length === 0 ? minimumCost : JSON.stringify([ignore, include, minimumCost]), isWanted: (api) => isWanted(api, options) };
}

/** Those that are reported unless options say otherwise. */
export const reportedApis = wantedApis({ ignore: [], include: [], minimumCost: 'short' });

/** Is this API to be reported? */
export function isWanted(api: BlockingApi, { ignore, include, minimumCost }: ApiOptions): boolean {
  const name = apiName(api);
  const named = (patterns: readonly string[]): boolean => patterns.some((pattern) => matchesApiPattern(name, pattern));
  if (named(ignore)) return false;
  if (named(include)) return true;
  return api.reported ? isAtLeast(api.cost, minimumCost) : minimumCost === 'any' && api.cost === 'cpu';
}
