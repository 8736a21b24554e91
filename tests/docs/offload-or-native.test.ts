import { expect, test } from 'vitest';
import { findBlockingApi } from '../../src/catalogue/lookup.js';
import { checkedRows } from './markdown.js';

const page = 'docs/guide/offload-or-native.md';
const verdicts = checkedRows(page, 'each row is a call with a native twin');
const figures = checkedRows(page, 'each row is the figures of a call');

/** `fs.readFileSync, 1 KB` and `crypto.pbkdf2Sync, 100 000 rounds (8 at once)`. */
function nameOf(call: string): string {
  return /^[\w.]+/.exec(call)![0];
}

test.each(verdicts)('%s is in the catalogue, has a native twin and can be offloaded', (call) => {
  const [module, ...path] = nameOf(call).split('.') as [string, ...string[]];
  expect(findBlockingApi(module, path)).toMatchObject({ offload: true, native: expect.objectContaining({}) as object });
});

test('every call has its figures, and they have its verdict', () => {
  const newest = ([call, ...ofEachNode]: readonly string[]) => [call, ofEachNode.at(-1)];
  expect(figures.map(newest)).toEqual(verdicts.map(newest).filter(([, verdict]) => verdict !== ''));
});
