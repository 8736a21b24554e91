// Reads a document from standard input, prints what can be counted in it; ends with 2 for what is not text.
import { readFileSync } from 'node:fs';

const text = readFileSync(0, 'utf8');
if (text.includes('\0')) {
  console.error('not a text');
  process.exit(2);
}
const words = text.match(/[\p{L}\p{N}]+/gu) ?? [];
console.log(JSON.stringify({ lines: text.split('\n').length, words: words.length, distinct: new Set(words).size }));
