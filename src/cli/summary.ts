import type { Certainty } from '../analysis/certainty.js';
import type { Finding } from './finding.js';
import { grouped } from './grouped.js';

/** How many findings there are of one kind, by what can be done about them. */
type Count = Readonly<Record<Certainty, number>>;

export interface Summary {
  /** The functions that are stalled, and the files they stand in. */
  readonly functions: number;
  readonly files: number;
  readonly all: Count;
  /** By the API that blocks in the end, the most frequent first. */
  readonly byApi: ReadonlyMap<string, Count>;
  readonly byCost: ReadonlyMap<string, Count>;
}

/** What is counted for findings that no API stands behind. */
const withoutApi: Readonly<Record<string, string>> = {
  'no-busy-loop': '(loops)',
  'no-indirect-blocking': '(functions said to be @blocking)',
  'valid-offload': '(mistakes with the runtime)',
};

export function summarise(findings: readonly Finding[]): Summary {
  return {
    functions: new Set(findings.map((finding) => `${finding.filename} ${functionKey(finding)}`)).size,
    files: new Set(findings.map(({ filename }) => filename)).size,
    all: countOf(findings),
    byApi: counted(findings, ({ api, rule }) => api ?? withoutApi[rule]!),
    byCost: counted(findings.filter(({ cost }) => cost !== null), ({ cost }) => cost!),
  };
}

/** Two findings of one file with the same key stand in the same function. */
export function functionKey({ function: fn }: Finding): string {
  return fn ? `${fn.line} ${fn.kind} ${fn.name ?? ''}` : '';
}

function total({ safe, review, unsafe }: Count): number {
  return safe + review + unsafe;
}

function counted(findings: readonly Finding[], nameOf: (finding: Finding) => string): ReadonlyMap<string, Count> {
  const counts = [...grouped(findings, nameOf)].map(([name, group]): [string, Count] => [name, countOf(group)]);
  return new Map(counts.sort(([a, x], [b, y]) => total(y) - total(x) || (a < b ? -1 : 1)));
}

function countOf(findings: readonly Finding[]): Count {
  const count = { safe: 0, review: 0, unsafe: 0 };
  for (const { certainty } of findings) count[certainty] += 1;
  return count;
}
