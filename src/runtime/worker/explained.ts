import { explainFreeVariable } from './free-variable.js';
import type { Resolved } from './resolve.js';

/** What a task threw, as its caller should see it. */
export function explained(thrown: unknown, { source }: Resolved): unknown {
  leaveOutOurFrames(thrown);
  return source ? explainFreeVariable(thrown, source) : thrown;
}

/** Below the task's own frames come ours and Node's, from which nobody learns anything; the caller's go there instead. */
function leaveOutOurFrames(thrown: unknown): void {
  if (!(thrown instanceof Error) || typeof thrown.stack !== 'string') return;
  const ours = thrown.stack.search(/\n {4}at [^\n]*\[worker eval\]/);
  if (ours < 0) return;
  try {
    thrown.stack = thrown.stack.slice(0, ours);
  } catch {
    // Frozen by the task: it goes as it is.
  }
}
