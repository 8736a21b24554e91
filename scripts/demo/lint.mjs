// ESLint as a user has it: through its own API, with the configuration file of the example.
import { relative } from 'node:path';
import { ESLint } from 'eslint';
import { Failure } from './failure.mjs';

const shown = 3;

/** Every message of the copy, in the order of files and lines. */
export async function lint(copy) {
  const results = await new ESLint({ cwd: copy }).lintFiles(['src']);
  return results.flatMap(({ filePath, messages, source }) =>
    messages.map((message) => ({ ...message, file: relative(copy, filePath).replaceAll('\\', '/'), source })),
  );
}

/** What `eslint src --fix` does; fails when it leaves anything to report. */
export async function fixAll(copy) {
  await ESLint.outputFixes(await new ESLint({ cwd: copy, fix: true }).lintFiles(['src']));
  const left = await lint(copy);
  if (left.length > 0) throw new Failure(`${left.length} left after --fix:\n${left.map(describe).join('\n')}`);
}

/** The first findings as ESLint words them, the others as places. */
export function printFindings(findings) {
  const strange = findings.filter(({ ruleId }) => !ruleId?.startsWith('offload/'));
  if (strange.length > 0) throw new Failure(`not the plugin's findings:\n${strange.map(describe).join('\n')}`);

  for (const finding of findings.slice(0, shown)) console.log(describe(finding));
  const places = new Map();
  for (const finding of findings.slice(shown)) {
    places.set(finding.file, [...(places.get(finding.file) ?? []), `${finding.line} ${reportedCode(finding)}`]);
  }
  for (const [file, lines] of places) console.log(`${file}\n  ${lines.join(', ')}`);
  const fixable = findings.filter(({ fix }) => fix).length;
  console.log(`\nFindings: ${findings.length} blocking calls in async code, ${fixable} with a fix.`);
}

function describe({ file, line, column, message }) {
  return `${file}:${line}:${column}\n  ${message}`;
}

function reportedCode({ source, line, column, endLine, endColumn }) {
  return source.split('\n')[line - 1].slice(column - 1, line === endLine ? endColumn - 1 : undefined);
}
