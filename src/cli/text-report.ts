import { styleText } from 'node:util';
import type { Finding } from './finding.js';
import { grouped } from './grouped.js';
import { relativePath } from './paths.js';
import type { Report } from './report.js';
import { functionKey, type Summary, summarise } from './summary.js';
import { table } from './table.js';

export interface How {
  readonly cwd: string;
  /** Were fixes asked for? */
  readonly fix: boolean;
  /** Would fixed code find the runtime? */
  readonly hasRuntime: boolean;
  readonly colours: boolean;
}

/** Findings by file and function, what could not be linted, and how much there is of what. */
export function textReport(report: Report, how: How): string {
  const summary = summarise(report.findings);
  return [...fileSections(report.findings, how), problems(report, how), tables(summary), closing(report, summary, how)].filter((part) => part !== '').join('\n\n');
}

function fileSections(findings: readonly Finding[], how: How): readonly string[] {
  return [...grouped(findings, ({ filename }) => filename)].map(([filename, inFile]) => {
    const functions = [...grouped(inFile, functionKey).values()].map((inFunction) => [`  ${functionTitle(inFunction[0])}`, ...rows(inFunction, how)].join('\n'));
    return [styled('bold', relativePath(filename, how.cwd), how), ...functions].join('\n');
  });
}

function functionTitle({ function: fn }: Finding): string {
  if (!fn) return 'top level';
  return `${fn.kind}${fn.name === null ? '' : ` '${fn.name}'`}, line ${fn.line}`;
}

const offers = { safe: 'fix', review: 'suggestion', unsafe: 'no fix' } as const;

function rows(findings: readonly Finding[], how: How): readonly string[] {
  const lines = table(findings.map((finding) => [`    ${finding.line}:${finding.column}`, finding.cost ?? '', offers[finding.certainty], whatBlocks(finding, how)]));
  return lines.flatMap((line, index) => {
    const { reason, certainty, api } = findings[index]!;
    // Where there is no API the message stands there as a whole, with its reason.
    return reason === null || certainty === 'safe' || api === null ? [line] : [line, styled('dim', `${' '.repeat(10)}${reason}`, how)];
  });
}

function whatBlocks({ api, chain, message }: Finding, { cwd }: How): string {
  if (chain.length > 0) return chain.map(({ name, filename, line, notes = [] }) => `${name} (${[...notes, `${relativePath(filename, cwd)}:${line}`].join(', ')})`).join(' → ');
  return api ?? message;
}

function problems({ problems: found, skipped }: Report, how: How): string {
  const lines = [
    ...found.map(({ file, line, column, message }) => `  ${relativePath(file, how.cwd)}${line === undefined ? '' : `:${line}:${column ?? 1}`}  ${message}`),
    ...skipped.map(({ extension, files, reason }) => `  ${files} ${files === 1 ? 'file' : 'files'} ${extension}  ${reason}`),
  ];
  return lines.length === 0 ? '' : [styled('bold', 'Not linted', how), ...lines].join('\n');
}

function tables({ byApi, byCost }: Summary): string {
  if (byApi.size === 0) return '';
  const count = ([name, { safe, review, unsafe }]: [string, Summary['all']]): string[] => [name, ...[safe, review, unsafe, safe + review + unsafe].map(String)];
  const costs = byCost.size > 0 ? [['', '', '', '', ''], ['by cost', '', '', '', ''], ...[...byCost].map(count)] : [];
  return table([['by API', 'fix', 'suggestion', 'no fix', 'all'], ...[...byApi].map(count), ...costs], { numbers: true }).join('\n');
}

function closing({ files, findings, fixed }: Report, { functions, files: inFiles, all }: Summary, { fix, hasRuntime }: How): string {
  const linted = `${counted(files, 'file')} linted`;
  const lines = [
    fix ? `${counted(fixed.findings, 'finding')} fixed in ${counted(fixed.files, 'file')}.` : '',
    fixed.findings > 0 && !hasRuntime ? 'Fixed code imports eslint-plugin-offload/runtime: npm install eslint-plugin-offload' : '',
    findings.length === 0 ? `Nothing ${fix ? 'left' : 'found'} that blocks the event loop; ${linted}.` : `${counted(findings.length, 'finding')} ${fix ? 'left ' : ''}in ${counted(functions, 'function')} of ${counted(inFiles, 'file')}; ${linted}.`,
    !fix && all.safe > 0 ? `A fix would take ${all.safe === findings.length ? 'all' : all.safe} of them: run it again with --fix.` : '',
    all.review > 0 ? `${all.review} ${all.review === 1 ? 'has' : 'have'} a suggestion, which an editor offers once the plugin is in your eslint.config.js.` : '',
  ];
  return lines.filter((line) => line !== '').join('\n');
}

function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}

function styled(style: 'bold' | 'dim', text: string, { colours }: How): string {
  return colours ? styleText(style, text) : text;
}
