import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { type AwaitSite, awaitSite } from './await-site.js';
import type { BlockingCall } from './blocking-call.js';
import { placeHazards } from './call-hazards.js';
import type { Hazard } from './hazards.js';
import { isMockedApi } from './mocks.js';
import { type TwinForCall, twinForCall } from './native-twin.js';

type Code = Readonly<TSESLint.SourceCode>;

/** A blocking call whose native twin could be awaited in its place. */
export interface NativeCall {
  readonly twin: TwinForCall;
  readonly node: TSESTree.CallExpression | TSESTree.NewExpression;
  readonly site: AwaitSite;
  readonly hazards: readonly Hazard[];
}

/** Shapes that keep a call from a worker, and not from its twin: a twin is called on the same object, with functions and all. */
const workerOnly = new Set<Hazard>(['constructed', 'instance-method']);

/** A call with the twin that could be awaited in its place, and what is in the way; undefined where it has none. */
export function nativeCallFor(call: BlockingCall, code: Code, filename: string, runtime: string): NativeCall | undefined {
  const { api, node } = call;
  if (node.type === 'TaggedTemplateExpression' || node.typeArguments) return undefined;
  // `new WebAssembly.Module` without arguments.
  if (node.type === 'NewExpression' && code.getLastToken(node)?.value !== ')') return undefined;
  const twin = twinForCall(api, node.arguments, code);
  if (!twin) return undefined;
  const site = awaitSite(node, code, filename, runtime);
  const hazards = [...call.hazards.filter((hazard) => !workerOnly.has(hazard)), ...(isMockedApi(api, code) ? (['mocked-module'] as const) : []), ...site.hazards, ...placeHazards(call, site.hazards, code, runtime)];
  return { twin, node, site, hazards };
}
