import { receiveMessageOnPort, workerData } from 'node:worker_threads';
import { decodeArguments, encodeError, encodeResult, type Encoded } from '../codec/index.js';
import { explainFreeVariable } from './free-variable.js';
import { BEGUN, CLOSED, DOOR, HANDED_BACK, LEAVE, OPEN, READY, REFUSED, RETURNED, type Reply, type ReplyKind, type TaskMessage, THREW, WORKER_DATA_KEY, type WorkerStart } from './messages.js';
import { type Resolved, resolve, UnresolvedError } from './resolve.js';

/** The code that runs inside a worker. It is bundled to one string and started from memory. */
const { port, state } = (workerData as { [WORKER_DATA_KEY]: WorkerStart })[WORKER_DATA_KEY];

port.on('message', (message: TaskMessage | typeof LEAVE) => {
  if (message === LEAVE) process.exit(0);
  else receive(message);
});
process.on('exit', handBack);
// Sequence 0 stands for the one task that is in flight: what could not be read cannot say its number.
port.on('messageerror', (error: unknown) => reply(0, THREW, encodeError(error)));
reply(0, READY, { payload: undefined, transfer: [] });

function receive([sequence, key, payload, definition]: TaskMessage): void {
  Atomics.store(state, DOOR, OPEN);
  Atomics.store(state, BEGUN, sequence);
  let task: Resolved | undefined;
  try {
    task = resolve(key, definition);
    const result: unknown = Reflect.apply(task.fn, task.thisValue, decodeArguments(payload));
    if (isThenable(result)) {
      const { source } = task;
      Promise.resolve(result).then(
        (value) => succeed(sequence, value),
        (thrown: unknown) => fail(sequence, thrown, source),
      );
    } else {
      succeed(sequence, result);
    }
  } catch (thrown) {
    if (thrown instanceof UnresolvedError) reply(sequence, REFUSED, { payload: thrown.message, transfer: [] });
    else fail(sequence, thrown, task?.source);
  }
}

/** Shuts the door, and sends back the task that came in before it was shut. */
function handBack(): void {
  if (Atomics.compareExchange(state, DOOR, OPEN, CLOSED) === OPEN) return;
  // Main sends right after it has taken the door, so it is here within microseconds, unless main itself is at its end.
  for (const end = performance.now() + 100; performance.now() < end; ) {
    const entry = receiveMessageOnPort(port) as { message: TaskMessage | typeof LEAVE } | undefined;
    if (entry && entry.message !== LEAVE) {
      const [sequence, , payload] = entry.message;
      port.postMessage([sequence, HANDED_BACK, payload] satisfies Reply);
      return;
    }
  }
}

function succeed(sequence: number, value: unknown): void {
  try {
    reply(sequence, RETURNED, encodeResult(value));
  } catch (error) {
    fail(sequence, error);
  }
}

function fail(sequence: number, thrown: unknown, source?: Resolved['source']): void {
  leaveOutOurFrames(thrown);
  reply(sequence, THREW, encodeError(source ? explainFreeVariable(thrown, source) : thrown));
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

function reply(sequence: number, kind: ReplyKind, { payload, transfer }: Encoded): void {
  port.postMessage([sequence, kind, payload] satisfies Reply, transfer);
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return value !== null && (typeof value === 'object' || typeof value === 'function') && typeof (value as { then?: unknown }).then === 'function';
}
