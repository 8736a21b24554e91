import { WorkerDiedError, WorkerStartError } from '../errors.js';
import type { Death } from './pool-worker.js';

/** @param cause what Node threw or reported instead of starting a worker */
export function startFailure(cause: unknown): WorkerStartError {
  const code = codeOf(cause);
  const inline = 'or run tasks on the calling thread with InlineExecutor';
  if (code === 'ERR_ACCESS_DENIED') {
    const [what, flag] = (cause as { permission?: unknown }).permission === 'ChildProcess' ? ['Child processes', '--allow-child-process'] : ['Worker threads', '--allow-worker'];
    return new WorkerStartError(`${what} are not allowed here: Node's permission model is on. Start node with ${flag}, ${inline}.`, { cause });
  }
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return new WorkerStartError('A worker ran out of memory while it started. Raise the resourceLimits of the executor.', { cause });
  }
  const why = cause instanceof Error && cause.name === 'Error' ? cause.message : messageOf(cause);
  return new WorkerStartError(`No worker could be started: ${why}`, { cause });
}

/** For a worker that ended before it was ready without saying why. */
export function endedBeforeReady({ exitCode, signal, uncaught, error }: Death): unknown {
  if (uncaught) return error;
  if (signal) return new Error(`the worker was ended by ${signal} before it was ready`);
  const why = exitCode === refusedOption ? 'Node has said why on stderr: it does so for an option that it does not know' : 'does a module preloaded with --require or --import end the process?';
  return new Error(`the worker exited with code ${exitCode} before it was ready; ${why}`);
}

/** What Node exits with for an option that it does not know, or whose value is wrong. */
const refusedOption = 9;

/** How the worker of a task died. */
export function workerDeath({ exitCode, signal, uncaught, error }: Death, begun: boolean): WorkerDiedError {
  const which = begun ? 'The worker died before the task had finished' : 'The worker died before the task had begun';
  if (signal) {
    const why = signal === 'SIGABRT' ? ', as Node does when it runs out of memory' : '';
    return new WorkerDiedError(`${which}: its process was ended by ${signal}${why}.`, exitCode, { signal });
  }
  if (!uncaught) return new WorkerDiedError(`${which}: it exited with code ${exitCode} (process.exit() or terminate()).`, exitCode);
  if (codeOf(error) === 'ERR_WORKER_OUT_OF_MEMORY') {
    return new WorkerDiedError(`${which}: it ran out of memory. Raise the resourceLimits of the executor, or hand the task smaller pieces.`, exitCode, { cause: error });
  }
  return new WorkerDiedError(`${which}, of an uncaught error: ${messageOf(error)}`, exitCode, { cause: error });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

function codeOf(error: unknown): unknown {
  return error !== null && typeof error === 'object' ? (error as { code?: unknown }).code : undefined;
}
