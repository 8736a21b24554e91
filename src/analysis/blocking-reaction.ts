import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { BlockingApi } from '../catalogue/types.js';
import { apiOfValue, type BlockingCall, type CallNode } from './blocking-call.js';
import { workerHazards } from './call-hazards.js';
import { type ExecutionContext, executionContext } from './context.js';
import type { Hazard } from './hazards.js';
import { hasNoModule } from './module-statements.js';
import { isPromise } from './promise-value.js';
import { propertyName } from './reference.js';
import { unwrapped } from './syntax.js';

type Code = Readonly<TSESLint.SourceCode>;

/** A blocking API that is passed to a promise, which calls it once it is settled: `load().then(fs.readFileSync)`. */
export interface BlockingReaction extends BlockingCall {
  readonly node: TSESTree.CallExpression;
  readonly callee: TSESTree.CallExpressionArgument;
  /** Is it called with what the promise gives? `finally` calls it with nothing. */
  readonly takesValue: boolean;
}

/** The catalogued API that a promise is given to call, where it is known to be a promise. */
export function blockingReaction(node: CallNode, code: Code, runtime: string): BlockingReaction | undefined {
  if (node.type !== 'CallExpression') return undefined;
  const member = unwrapped(node.callee);
  if (member.type !== 'MemberExpression') return undefined;
  const method = propertyName(member, code);
  if (method !== 'then' && method !== 'catch' && method !== 'finally') return undefined;
  for (const callee of node.arguments.slice(0, method === 'then' ? 2 : 1)) {
    if (callee.type === 'SpreadElement') return undefined;
    const value = unwrapped(callee);
    const api = value.type === 'Identifier' || value.type === 'MemberExpression' ? apiOfValue(value, code) : undefined;
    if (api?.kind !== 'function' || api.when || !isPromise(member.object, code, runtime)) continue;
    const takesValue = method !== 'finally';
    return { api, node, callee, hazards: hazardsOf(api, takesValue, code), takesValue };
  }
  return undefined;
}

function hazardsOf(api: BlockingApi, takesValue: boolean, code: Code): readonly Hazard[] {
  const found: Hazard[] = [];
  if (hasNoModule(code)) found.push('no-script');
  found.push(...workerHazards(api, code));
  if (takesValue && api.functions.some((place) => place.startsWith('0'))) found.push('maybe-function-argument');
  return found;
}

/** Where it is called: as a promise reaction, wherever the promise is given it. */
export function reactionContext({ node, callee }: BlockingReaction, code: Code, runtime: string): ExecutionContext {
  const around = executionContext(node, code, runtime);
  return around.kind === 'exempt' ? around : { kind: 'async', owner: callee, reaction: true };
}
