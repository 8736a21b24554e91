import { readFile } from 'node:fs/promises';
import type { ESLint, Linter } from 'eslint';
import type { Reported } from '../rules/reported.js';
import type { Given } from './arguments.js';
import { configuration } from './configuration.js';
import { type Finding, findingsOf } from './finding.js';
import { commonFolder } from './paths.js';
import { type Problem, reasonOf } from './problem.js';

export interface Outcome {
  /** How many files were linted. */
  readonly files: number;
  /** What is found, after fixes where they were asked for. */
  readonly findings: readonly Finding[];
  /** How many findings fixes have taken, in how many files. */
  readonly fixed: { readonly findings: number; readonly files: number };
  readonly problems: readonly Problem[];
}

export interface How {
  readonly ESLint: typeof ESLint;
  readonly parser: Linter.Parser | undefined;
  readonly cwd: string;
  readonly given: Given;
  /** Called before each file. */
  readonly onFile: () => void;
}

/** What has been heard from the rules about the file that is linted. */
interface Heard {
  isParsed: boolean;
  readonly reports: Reported[];
}

/** Lints one file after the other, so that what cannot be linted stops nothing else. */
export async function lintFiles(files: readonly string[], { ESLint, parser, cwd, given, onFile }: How): Promise<Outcome> {
  const findings: Finding[] = [];
  const problems: Problem[] = [];
  const fixed = { findings: 0, files: 0 };
  let linted = 0;
  let heard: Heard = { isParsed: false, reports: [] };
  const engines = new Map<string, ESLint>();

  for (const file of files) {
    onFile();
    try {
      await lintFile(file);
    } catch (error) {
      problems.push(problemOf(file, error));
    }
  }
  return { files: linted, findings, fixed, problems };

  async function lintFile(file: string): Promise<void> {
    const text = await readFile(file, 'utf8');
    const seen = await lint(file, text, false);
    if (!seen) return;
    linted += 1;
    if (!given.fix || !seen.findings.some(({ certainty }) => certainty === 'safe')) return void findings.push(...seen.findings);
    const left = await lint(file, text, true);
    if (!left) return;
    await ESLint.outputFixes([left.result]);
    findings.push(...left.findings);
    fixed.findings += Math.max(seen.findings.length - left.findings.length, 0);
    fixed.files += 1;
  }

  /** Undefined where it does not parse, either as a module or, as old scripts may have to be, as CommonJS. */
  async function lint(file: string, text: string, fix: boolean): Promise<{ readonly result: ESLint.LintResult; readonly findings: readonly Finding[] } | undefined> {
    let first: Linter.LintMessage | undefined;
    for (const sourceType of /\.jsx?$/.test(file) ? (['module', 'commonjs'] as const) : (['module'] as const)) {
      heard = { isParsed: false, reports: [] };
      const [result] = await engine(sourceType, fix).lintText(text, { filePath: file });
      if (heard.isParsed) return { result: result!, findings: findingsOf(result!.messages, heard.reports) };
      first ??= result!.messages[0]!;
    }
    return void problems.push({ kind: 'syntax', file, line: first!.line, column: first!.column, message: first!.message });
  }

  function engine(sourceType: 'module' | 'commonjs', fix: boolean): ESLint {
    const key = `${sourceType} ${String(fix)}`;
    const known = engines.get(key);
    if (known) return known;
    const overrideConfig = configuration({ given, parser, sourceType, onParsed: () => (heard.isParsed = true), onReport: (report) => heard.reports.push(report) });
    // ESLint lints nothing outside the folder it is told to work in.
    const made = new ESLint({ cwd: commonFolder([cwd, ...files]), overrideConfigFile: true, overrideConfig, fix });
    engines.set(key, made);
    return made;
  }
}

function problemOf(file: string, error: unknown): Problem {
  if (typeof (error as NodeJS.ErrnoException).syscall === 'string') return { kind: 'path', file, message: reasonOf(error) };
  return { kind: 'rule', file, message: error instanceof Error ? error.message.replaceAll('\n', ' ') : String(error) };
}
