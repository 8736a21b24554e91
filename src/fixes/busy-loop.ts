import type { TSESLint } from '@typescript-eslint/utils';
import type { LoopRewrite } from '../analysis/loops/busy-loop.js';
import type { InnerNode } from '../analysis/syntax.js';
import { offloadLoop } from './loop-task.js';
import { offloadCall } from './offload-call.js';
import { runtimeImport } from './runtime-import.js';
import { timerImport } from './timer-import.js';
import { awaitBetween, awaitTimer, waitAsync } from './timer-wait.js';

type Code = Readonly<TSESLint.SourceCode>;
type Edits = Generator<TSESLint.RuleFix>;

/** Milliseconds between two looks of a poll that had none. */
const pause = 50;

export interface Place {
  readonly node: InnerNode;
  readonly code: Code;
  readonly filename: string;
  /** The module that `offload` comes from. */
  readonly runtime: string;
  /** Whether the value is awaited here, or left as a promise to who waits for it already. */
  readonly form: 'await' | 'promise';
}

/** The edits that take a busy loop off the event loop, imports included. */
export function* rewriteBusyLoop(fixer: TSESLint.RuleFixer, rewrite: LoopRewrite, { node, code, filename, runtime, form }: Place): Edits {
  switch (rewrite.kind) {
    case 'timer':
    case 'pause': {
      const timer = timerImport(node, code, filename);
      if (timer.edit) yield timer.edit(fixer);
      if (rewrite.kind === 'timer') yield* awaitTimer(fixer, rewrite.statement, { name: timer.name, duration: rewrite.duration, spent: rewrite.spent }, code);
      else yield* awaitBetween(fixer, rewrite.body, `${timer.name}(${pause})`, code);
      break;
    }
    case 'wait-async':
      yield* waitAsync(fixer, { ...rewrite, form }, code);
      break;
    case 'task':
    case 'call': {
      const offload = runtimeImport(node, code, filename, runtime);
      if (offload.edit) yield offload.edit(fixer);
      if (rewrite.kind === 'call') yield* offloadCall(fixer, rewrite.call, { name: offload.name, form }, code);
      else yield* offloadLoop(fixer, rewrite.task, { name: offload.name, form }, code);
    }
  }
}

/** A rewrite as a message names it. */
export function adviceFor(rewrite: LoopRewrite): string {
  switch (rewrite.kind) {
    case 'timer':
      return `await setTimeout(${rewrite.duration})`;
    case 'pause':
      return `await setTimeout(${pause})`;
    case 'wait-async':
      return 'await Atomics.waitAsync(…).value';
    case 'task':
      return 'await offload(…)';
    case 'call':
      return `await offload(${rewrite.call.callee.type === 'Identifier' ? rewrite.call.callee.name : '…'}, …)`;
  }
}
