import { createRequire } from 'node:module';
import { join } from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import { readArguments, usage } from './arguments.js';
import { findESLint } from './find-eslint.js';
import { findFiles } from './find-files.js';
import { findTypeScriptParser } from './find-parser.js';
import { jsonReport } from './json-report.js';
import { lintFiles } from './lint-files.js';
import { showProgress } from './progress.js';
import { textReport } from './text-report.js';
import { UsageError } from './usage-error.js';

/** `npx eslint-plugin-offload [paths]`: what blocks, and what `--fix` would do about it, with no configuration. */
async function main(words: readonly string[], cwd: string): Promise<number> {
  const given = readArguments(words);
  if (given.help) return print(usage);
  if (given.version) return print(packageJson.version);

  const { ESLint } = await findESLint(cwd);
  const parser = findTypeScriptParser(cwd);
  const found = await findFiles(given.paths, { cwd, typescript: 'parser' in parser ? undefined : parser.missing });
  const progress = showProgress(found.files.length, process.stderr);
  const outcome = await lintFiles(found.files, { ESLint, parser: 'parser' in parser ? parser.parser : undefined, cwd, given, onFile: progress.next });
  progress.end();

  const report = { ...outcome, problems: [...found.problems, ...outcome.problems], skipped: found.skipped };
  print(given.json ? jsonReport(report, cwd) : textReport(report, { cwd, fix: given.fix, hasRuntime: hasRuntime(cwd), colours: process.stdout.isTTY && !process.env['NO_COLOR'] }));
  if (report.problems.some(({ kind }) => kind !== 'syntax')) return 2;
  return report.findings.length + report.problems.length > 0 ? 1 : 0;
}

/** Would code of this folder find what fixes import? */
function hasRuntime(cwd: string): boolean {
  try {
    return createRequire(join(cwd, 'package.json')).resolve('eslint-plugin-offload/runtime') !== '';
  } catch {
    return false;
  }
}

function print(text: string): number {
  process.stdout.write(`${text}\n`);
  return 0;
}

main(process.argv.slice(2), process.cwd()).then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    process.stderr.write(`eslint-plugin-offload: ${error instanceof UsageError ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = 2;
  },
);
