import type { TSESLint } from '@typescript-eslint/utils';
import type { AwaitSite } from './await-site.js';
import type { BlockingCall } from './blocking-call.js';
import { isCheckThenAct } from './check-then-act.js';
import { certaintyOf, type Hazard } from './hazards.js';
import { interleavingHazards } from './interleaving.js';

/** What waiting changes, in the call's own expression and in its statement; of no interest where no `await` may stand. */
export function waitHazards(call: BlockingCall, site: AwaitSite, code: Readonly<TSESLint.SourceCode>, runtime: string): readonly Hazard[] {
  if (certaintyOf(site.hazards) === 'unsafe') return [];
  return [...interleavingHazards(call.node, code), ...(isCheckThenAct(call, code, runtime) ? (['check-then-act'] as const) : [])];
}
