// Reads a document from standard input, prints one line for each problem; ends with 1 when there is one.
import { readFileSync } from 'node:fs';

const lines = readFileSync(0, 'utf8').split('\n');
for (const [index, line] of lines.entries()) {
  if (/\s$/.test(line)) report(index, 'white space at the end');
  if (line.length > 120) report(index, `${line.length} characters`);
}

function report(index, problem) {
  console.log(`${index + 1}: ${problem}`);
  process.exitCode = 1;
}
