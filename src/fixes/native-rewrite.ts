import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { BlockingCall } from '../analysis/blocking-call.js';
import { certaintyOf, gravest, hazards } from '../analysis/hazards.js';
import { nativeCallFor } from '../analysis/native-call.js';
import { twinForCall } from '../analysis/native-twin.js';
import type { BlockingApi } from '../catalogue/types.js';
import { rewriteCallback } from './callback-rewrite.js';
import { nativeCall, nativeForOffload, twinCallee } from './native-call.js';

type Code = Readonly<TSESLint.SourceCode>;

/** A call rewritten to its native twin. */
export interface NativeRewrite {
  /** What is called instead: `fs.promises.readFile`, `promisify(gzip)`. */
  readonly twin: string;
  /** What to look at first, in words that end a sentence; undefined where nothing changes, and the rewrite is a fix. */
  readonly review: string | undefined;
  readonly fix: (fixer: TSESLint.RuleFixer) => Generator<TSESLint.RuleFix>;
}

/** The rewrite of a blocking call; undefined where it has no twin that could be awaited there. */
export function nativeRewrite(call: BlockingCall, code: Code, filename: string, runtime: string): NativeRewrite | undefined {
  const found = nativeCallFor(call, code, filename, runtime);
  const twin = found && certaintyOf(found.hazards) !== 'unsafe' ? twinCallee(call.callee, call.api, found.twin.target, call.node, code, filename) : undefined;
  if (!found || !twin) return undefined;
  const { site, node } = found;
  const hazard = gravest(found.hazards);
  const reasons = [...(hazard ? [hazards[hazard].text] : []), ...(found.twin.differs === undefined ? [] : [found.twin.differs])];
  return {
    twin: twin.text,
    review: reasons.length === 0 ? undefined : reasons.join(', and '),
    *fix(fixer) {
      for (const { edit } of twin.imports) if (edit) yield edit(fixer);
      if (site.callback) yield* rewriteCallback(fixer, site.callback.rewrite, { waits: site.form === 'await', outer: site.callback.around }, code);
      yield* nativeCall(fixer, node, twin, site.form, code);
    },
  };
}

/** The rewrite of an offloaded call; undefined where it has no twin, or a comment would be lost. */
export function nativeRewriteOfOffload(node: TSESTree.CallExpression, api: BlockingApi, code: Code, filename: string): NativeRewrite | undefined {
  const [task, ...given] = node.arguments;
  const found = node.typeArguments ? undefined : twinForCall(api, given, code);
  if (!task || !found || code.getCommentsInside(node).some(({ range }) => range[1] <= task.range[0])) return undefined;
  const twin = twinCallee(task, api, found.target, node, code, filename);
  return twin && {
    twin: twin.text,
    review: found.differs,
    *fix(fixer) {
      for (const { edit } of twin.imports) if (edit) yield edit(fixer);
      yield* nativeForOffload(fixer, node, twin, code);
    },
  };
}
