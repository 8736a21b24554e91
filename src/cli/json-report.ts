import { relativePath } from './paths.js';
import type { Report } from './report.js';
import { summarise } from './summary.js';

/** A change that breaks readers raises it; new fields do not. */
const version = 1;

/** docs/guide/command-line.md says what each field is. Paths are relative to the folder the command was started in. */
export function jsonReport({ files, findings, fixed, problems, skipped }: Report, cwd: string): string {
  const { functions, all, byApi, byCost } = summarise(findings);
  return JSON.stringify(
    {
      version,
      findings: findings.map(({ filename, line, column, endLine, endColumn, rule, function: fn, api, cost, chain, certainty, reason, message }) => ({
        file: relativePath(filename, cwd),
        line,
        column,
        endLine,
        endColumn,
        rule,
        function: fn,
        api,
        cost,
        chain: chain.map(({ name, filename: place, line: at, notes }) => ({ name, file: relativePath(place, cwd), line: at, ...(notes && { notes }) })),
        certainty,
        reason: certainty === 'safe' ? null : reason,
        message,
      })),
      problems: problems.map(({ kind, file, line = null, column = null, message }) => ({ kind, file: relativePath(file, cwd), line, column, message })),
      skipped,
      summary: {
        files,
        functions,
        findings: findings.length,
        fixed: fixed.findings,
        byCertainty: all,
        byApi: Object.fromEntries(byApi),
        byCost: Object.fromEntries(byCost),
      },
    },
    undefined,
    2,
  );
}
