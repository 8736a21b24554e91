import { types } from 'node:util';
import { decodeArguments, encodeError, type Encoded } from '../codec/index.js';
import { call } from '../task/callable.js';
import { isThenable } from './thenable.js';
import { now } from './clock.js';
import { encodeOutcome } from './encode-outcome.js';
import { explained } from './explained.js';
import { LEAVE, READY, REFUSED, RETURNED, THREW } from './messages.js';
import { pack, unpack } from './packing.js';
import { ENDING, type ProcessReply, type ProcessTask, UNCAUGHT } from './process-messages.js';
import { resolve, UnresolvedError } from './resolve.js';

/** Runs the tasks that come in over the channel, one at a time, until main is gone or asks to leave. */
export function serveProcess(): void {
  const send = process.send!.bind(process);
  hideChannel();
  /** The task that was begun last. */
  let begun = 0;
  let ending = false;
  process.on('message', (message) => {
    if (message === LEAVE) process.exit(0);
    if (types.isUint8Array(message) && !ending) run(unpack(message) as ProcessTask);
  });
  process.on('disconnect', () => process.exit(0));
  process.on('uncaughtException', (error) => {
    // One that a task has put in place decides, as it would in a thread.
    if (process.listenerCount('uncaughtException') > 1) return;
    ending = true;
    reply({ id: 0, kind: UNCAUGHT, payload: encodeError(error, 'process').payload }, () => process.exit(1));
  });
  // A task that is on its way meanwhile goes to another worker.
  process.on('exit', () => { reply({ id: begun, kind: ENDING, payload: undefined }); });
  reply({ id: 0, kind: READY, payload: undefined });

  function run({ id, key, payload, definition, cwd, env }: ProcessTask): void {
    begun = id;
    const task = resolve(key, definition);
    if (task instanceof UnresolvedError) {
      reply({ id, kind: REFUSED, payload: task.message });
      return;
    }
    const startedAt = now();
    const succeed = (value: unknown) => {
      try {
        answer(RETURNED, encodeOutcome(value, task, 'process'));
      } catch (error) {
        // It cannot cross, or is more than a message holds.
        answer(THREW, encodeError(error, 'process'));
      }
    };
    const fail = (thrown: unknown) => { answer(THREW, encodeError(explained(thrown, task), 'process')); };
    try {
      follow(cwd, env);
      const value: unknown = call(task.fn, task.thisValue, decodeArguments(payload));
      // At once where there is nothing to wait for: what the task has left in the queue of microtasks may end the process.
      if (isThenable(value)) Promise.resolve(value).then(succeed, fail);
      else succeed(value);
    } catch (thrown) {
      fail(thrown);
    }

    function answer(kind: typeof RETURNED | typeof THREW, { payload }: Encoded): void {
      reply({ id, kind, payload, startedAt, endedAt: now() });
    }
  }

  function reply(message: ProcessReply, sent?: () => void): void {
    send(pack(message), undefined, undefined, sent);
  }
}

/** The working directory that main has and that could not be gone to yet: no task may run elsewhere. */
let directoryToGo: string | undefined;

/** Has the environment and the working directory that main has. */
function follow(cwd: ProcessTask['cwd'], env: ProcessTask['env']): void {
  for (const [name, value] of Object.entries(env ?? {})) {
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  }
  directoryToGo = cwd ?? directoryToGo;
  if (directoryToGo === undefined) return;
  process.chdir(directoryToGo);
  directoryToGo = undefined;
}

/** It is ours: a task that asks whether it was forked by somebody who wants to hear from it gets the answer no. */
function hideChannel(): void {
  Object.assign(process, { send: undefined, disconnect: undefined });
}
