import { types } from 'node:util';
import { decodeArguments, encodeError, type Encoded } from '../codec/index.js';
import { call } from '../task/callable.js';
import { now } from './clock.js';
import { encodeOutcome } from './encode-outcome.js';
import { explained } from './explained.js';
import { LEAVE, READY, REFUSED, RETURNED, THREW } from './messages.js';
import { pack, unpack } from './packing.js';
import { ENDING, type ProcessReply, type ProcessTask, UNCAUGHT } from './process-messages.js';
import { type Resolved, resolve, UnresolvedError } from './resolve.js';

/** Runs the tasks that come in over the channel, one at a time, until main is gone or asks to leave. */
export function serveProcess(): void {
  const send = process.send!.bind(process);
  hideChannel();
  /** The task that was begun last. */
  let begun = 0;
  let ending = false;
  process.on('message', (message) => {
    if (message === LEAVE) process.exit(0);
    if (types.isUint8Array(message) && !ending) void run(unpack(message) as ProcessTask);
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

  async function run({ id, key, payload, definition, cwd, env }: ProcessTask): Promise<void> {
    begun = id;
    const task = resolve(key, definition);
    if (task instanceof UnresolvedError) {
      reply({ id, kind: REFUSED, payload: task.message });
      return;
    }
    const startedAt = now();
    const { kind, encoded } = await outcome(task, payload, () => { follow(cwd, env); });
    try {
      reply({ id, kind, payload: encoded.payload, startedAt, endedAt: now() });
    } catch (error) {
      // More than one message holds.
      reply({ id, kind: THREW, payload: encodeError(error, 'process').payload, startedAt, endedAt: now() });
    }
  }

  function reply(message: ProcessReply, sent?: () => void): void {
    send(pack(message), undefined, undefined, sent);
  }
}

async function outcome(task: Resolved, payload: unknown, before: () => void): Promise<{ readonly kind: typeof RETURNED | typeof THREW; readonly encoded: Encoded }> {
  try {
    before();
    const value = await call(task.fn, task.thisValue, decodeArguments(payload));
    return { kind: RETURNED, encoded: encodeOutcome(value, task, 'process') };
  } catch (thrown) {
    return { kind: THREW, encoded: encodeError(explained(thrown, task), 'process') };
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
