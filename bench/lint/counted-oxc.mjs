// oxc-parser, with every file that it parses counted.
import * as oxc from 'oxc-parser';
import { parses } from './parses.mjs';

export * from 'oxc-parser';

export function parseSync(...args) {
  parses.oxc += 1;
  return oxc.parseSync(...args);
}
