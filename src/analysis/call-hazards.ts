import type { TSESLint } from '@typescript-eslint/utils';
import type { BlockingApi } from '../catalogue/types.js';
import { argumentHazards } from './argument-values.js';
import type { BlockingCall } from './blocking-call.js';
import { isCheckThenAct } from './check-then-act.js';
import { certaintyOf, type Hazard } from './hazards.js';
import { interleavingHazards } from './interleaving.js';
import { isMockedApi } from './mocks.js';

type Code = Readonly<TSESLint.SourceCode>;

/** What the API and the arguments of a call forbid, wherever the call stands. */
export function apiHazards({ api, node }: BlockingCall, code: Code): readonly Hazard[] {
  return [...workerHazards(api, code), ...(node.type === 'TaggedTemplateExpression' ? [] : argumentHazards(api, node, code))];
}

/** What the API itself forbids, whatever it is called with. */
export function workerHazards(api: BlockingApi, code: Code): readonly Hazard[] {
  const found: Hazard[] = [];
  if (api.offload !== true || api.mutates.length > 0) found.push('api-not-offloadable');
  if (isMockedApi(api, code)) found.push('mocked-module');
  return found;
}

/** What the await changes; of no interest where it may not stand. */
export function placeHazards(call: BlockingCall, site: readonly Hazard[], code: Code, runtime: string): readonly Hazard[] {
  if (certaintyOf(site) === 'unsafe') return [];
  return [...interleavingHazards(call.node, code), ...(isCheckThenAct(call, code, runtime) ? (['check-then-act'] as const) : [])];
}
