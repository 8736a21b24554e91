import { readlinkSync } from 'node:fs';
import timers from 'node:timers';
import { receiveMessageOnPort } from 'node:worker_threads';
import { decodeArguments } from '../codec/index.js';
import { now } from './clock.js';
import { Inbox } from './inbox.js';
import { newestChildOf } from '../executors/process-tree.js';
import { type Batch, HANDED_BACK, LEAVE, READY, type WorkerStart } from './messages.js';
import { noteChildrenIn } from './noted-children.js';
import { collect } from './mailbox.js';
import { Outcomes } from './outcomes.js';
import { isThenable } from './thenable.js';
import { type Resolved, UnresolvedError } from './resolve.js';
import { CLAIMED, CLOSED, DOOR, FREE, LETTER, OPEN, PARKED, POSTED, SENT, sharedState, TASK_ON_ITS_WAY, WAKE } from './shared-state.js';

// Taken before any task runs: a task that fakes timers must not stop its worker.
const { setImmediate } = timers;

/**
 * How long a worker that has run dry waits for more on the spot, in milliseconds: being woken from there costs a half to
 * three quarters of what an event costs. Then the event loop has a turn, so that whatever tasks have left running there,
 * which stands still meanwhile, is held up by no more than this.
 */
const parkTime = 5;

/** Runs the tasks that come in, one at a time and in order, until the worker ends. */
export function serve({ port, memory }: WorkerStart): void {
  const shared = sharedState(memory);
  const { header, states } = shared;
  const inbox = new Inbox();
  const outcomes = new Outcomes(port, shared);
  /** A task that has returned a promise: the next one waits until it has settled. */
  let awaiting = false;
  /** The event loop is about to have a turn. */
  let turning = false;
  /** When it had its last, by `now()`. */
  let turnedAt = 0;
  /** What the count of batches was before the port was last found empty. */
  let seen = 0;

  port.on('message', (message: Batch | typeof LEAVE) => {
    turnedAt = now();
    receive(message);
    work();
  });
  port.on('messageerror', (error: unknown) => {
    // Nobody knows which tasks it held; main does when this worker is gone.
    throw error;
  });
  process.on('exit', handBack);
  const thread = systemThread();
  if (thread !== undefined) noteChildrenIn(shared, () => newestChildOf(thread));
  port.postMessage([0, READY, thread]);

  function receive(message: Batch | typeof LEAVE): void {
    if (message === LEAVE) process.exit(0);
    if (inbox.add(message)) Atomics.store(header, DOOR, OPEN);
  }

  /** Reads what is in the port without a turn of the event loop. */
  function drain(take = receive): boolean {
    seen = Atomics.load(header, WAKE);
    const letter = collect(shared);
    if (letter !== undefined) take(letter);
    let any = letter !== undefined;
    for (let entry; (entry = receiveMessageOnPort(port) as { message: Batch | typeof LEAVE } | undefined); any = true) take(entry.message);
    return any;
  }

  function work(): void {
    for (;;) {
      while (!awaiting && (!inbox.isEmpty || drain())) next();
      outcomes.announce();
      if (awaiting || turning || !park()) return;
    }
  }

  function next(): void {
    const slot = inbox.slot();
    // Freed only here, so that main does not use the slot again while an older task of that slot is in the inbox.
    if (Atomics.compareExchange(states, slot, SENT, CLAIMED) === SENT) run(slot);
    else {
      Atomics.store(states, slot, FREE);
      inbox.next();
    }
  }

  function run(slot: number): void {
    const { task, payload } = inbox.task();
    inbox.next();
    if (task instanceof UnresolvedError) {
      outcomes.refuse(slot, task.message);
      return;
    }
    outcomes.begin(slot);
    try {
      const result: unknown = Reflect.apply(task.fn, task.thisValue, decodeArguments(payload));
      if (isThenable(result)) wait(slot, result, task);
      else outcomes.succeed(slot, result, task);
    } catch (thrown) {
      outcomes.fail(slot, thrown, task);
    }
  }

  function wait(slot: number, result: PromiseLike<unknown>, task: Resolved): void {
    awaiting = true;
    const settled = Promise.resolve(result).then(
      (value) => { outcomes.succeed(slot, value, task); },
      (thrown: unknown) => { outcomes.fail(slot, thrown, task); },
    );
    void settled.finally(() => {
      awaiting = false;
      work();
    });
  }

  /** Waits on the spot for a while. @returns whether there is something to do */
  function park(): boolean {
    const sinceTurn = now() - turnedAt;
    if (sinceTurn > parkTime / 2) {
      turning = true;
      setImmediate(turned);
      return false;
    }
    Atomics.store(header, PARKED, 1);
    const woken = Atomics.wait(header, WAKE, seen, parkTime - sinceTurn) !== 'timed-out';
    Atomics.store(header, PARKED, 0);
    // Main may have seen it parked in the last moment.
    return woken || Atomics.load(header, LETTER) !== 0;
  }

  function turned(): void {
    turning = false;
    turnedAt = now();
    if (!awaiting) work();
  }

  /** Shuts the door, and sends back what main has no copy of and nobody has begun. */
  function handBack(): void {
    if (Atomics.compareExchange(header, DOOR, OPEN, CLOSED) === TASK_ON_ITS_WAY) {
      // Main sends right after it has taken the door, so it is here within microseconds, unless main itself is at its end.
      const { moved } = inbox;
      for (const end = now() + 100; now() < end && inbox.moved === moved; ) drain(takeAtTheEnd);
    }
    while (!inbox.isEmpty) {
      if (inbox.isMoved()) sendBack(inbox.slot(), inbox.task().payload);
      inbox.next();
    }
  }

  function sendBack(slot: number, payload: unknown): void {
    if (Atomics.compareExchange(states, slot, SENT, POSTED) === SENT) port.postMessage([slot, HANDED_BACK, payload]);
  }

  /** The door stays as it is, and nobody is asked to leave twice. */
  function takeAtTheEnd(message: Batch | typeof LEAVE): void {
    if (message !== LEAVE) inbox.add(message);
  }
}

/** What the system calls this thread, where it says so and main can do something with it: on Linux. */
function systemThread(): number | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    return Number(readlinkSync('/proc/thread-self').split('/').pop());
  } catch {
    // Not there, or not to be read under Node's permission model.
    return undefined;
  }
}
