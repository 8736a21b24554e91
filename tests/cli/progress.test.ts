import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { showProgress } from '../../src/cli/progress.js';

function shown(isTTY: boolean): string {
  const stream = Object.assign(new PassThrough(), { isTTY });
  const progress = showProgress(2, stream);
  progress.next();
  progress.next();
  progress.end();
  return String((stream.read() as Buffer | null) ?? '');
}

it('counts files on one line of a terminal, which is empty at the end', () => {
  expect(shown(true)).toBe('\u001b[1GLinting file 1 of 2 \u001b[1GLinting file 2 of 2 \u001b[1G\u001b[2K');
});

it('is silent where nobody looks on', () => {
  expect(shown(false)).toBe('');
});
