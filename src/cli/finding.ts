import type { Linter } from 'eslint';
import type { Certainty } from '../analysis/certainty.js';
import type { Reported } from '../rules/reported.js';

/** A message of ESLint's with what its rule knows beside it. */
export interface Finding extends Omit<Reported, 'ruleId'> {
  /** Without the plugin's name: `no-blocking-call`. */
  readonly rule: string;
  readonly message: string;
  readonly certainty: Certainty;
}

/** The findings of a file, in the order of its lines: its messages, each with the report of the same rule at the same place. */
export function findingsOf(messages: readonly Linter.LintMessage[], reports: readonly Reported[]): readonly Finding[] {
  // Fixes are made in several passes, and each reports anew: of two reports at one place the later is the one that holds.
  const byPlace = new Map(reports.map((report) => [placeOf(report), report]));
  return messages.flatMap((message) => {
    const report = byPlace.get(placeOf(message));
    if (!report) return [];
    const { ruleId, ...rest } = report;
    return [{ ...rest, rule: ruleId.replace('offload/', ''), message: message.message, certainty: certaintyOf(message) }];
  });
}

function placeOf({ ruleId, line, column, endLine, endColumn }: Linter.LintMessage | Reported): string {
  return [ruleId, line, column, endLine, endColumn].join(' ');
}

/** How sure a rule was, by what it offers: a fix, a suggestion, or neither. */
function certaintyOf({ fix, suggestions }: Linter.LintMessage): Certainty {
  return fix ? 'safe' : suggestions && suggestions.length > 0 ? 'review' : 'unsafe';
}
