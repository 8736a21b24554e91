import { AsyncLocalStorage } from 'node:async_hooks';
import { channel, subscribe, tracingChannel, unsubscribe } from 'node:diagnostics_channel';
import fs from 'node:fs';
import { offload } from 'eslint-plugin-offload/runtime';
import { describe, expect, onTestFinished, test } from 'vitest';
import { hold, newGate, poolOf, pools, untilRunning } from './pools.js';

type Context = Record<string, unknown>;
type Event = 'start' | 'end' | 'asyncStart' | 'asyncEnd' | 'error';

const events: Event[] = ['start', 'end', 'asyncStart', 'asyncEnd', 'error'];

/** What is published for the length of a test: which event, and a copy of its context. */
function listen(): { told: [Event, Context][]; contexts: Set<unknown> } {
  const told: [Event, Context][] = [];
  const contexts = new Set<unknown>();
  const subscribers = Object.fromEntries(
    events.map((event) => [event, (context: unknown) => {
      told.push([event, { ...(context as Context) }]);
      contexts.add(context);
    }]),
  ) as Record<Event, (context: unknown) => void>;
  const traced = tracingChannel('offload:task');
  traced.subscribe(subscribers);
  onTestFinished(() => void traced.unsubscribe(subscribers));
  return { told, contexts };
}

const double = (n: number) => n * 2;
const fail = () => { throw new RangeError('no'); };

describe.each(pools)('tracing of %s', (_kind, Pool) => {
  test('a task that gives a result: in the order and the form of tracePromise', async () => {
    const { told, contexts } = listen();
    const pool = poolOf(Pool, 1, { name: 'images' });
    const task = pool.submit(double, 4);
    expect(told).toEqual([['start', { function: 'double', executor: 'images' }], ['end', { function: 'double', executor: 'images' }]]);
    expect(await task).toBe(8);
    const settled = { function: 'double', executor: 'images', result: 8, waitTime: expect.any(Number) as number, runTime: expect.any(Number) as number };
    expect(told.slice(2)).toEqual([['asyncStart', settled], ['asyncEnd', settled]]);
    expect(contexts.size).toBe(1);
    const { waitTime, runTime } = told[2]![1] as { waitTime: number; runTime: number };
    expect(waitTime).toBeGreaterThanOrEqual(0);
    expect(runTime).toBeGreaterThanOrEqual(0);
  });

  test('a task that throws', async () => {
    const { told } = listen();
    const error: unknown = await poolOf(Pool, 1).submit(fail).catch((thrown: unknown) => thrown);
    expect(told.map(([event]) => event)).toEqual(['start', 'end', 'error', 'asyncStart', 'asyncEnd']);
    expect(told[2]![1]).toMatchObject({ function: 'fail', executor: 'offload', runTime: expect.any(Number) as number });
    // The one that the caller gets.
    expect(told[2]![1]['error']).toBe(error);
    expect(told[4]![1]).not.toHaveProperty('result');
  });

  test.each<[string, (pool: ReturnType<typeof poolOf>) => Promise<unknown>, string]>([
    ['an argument that cannot cross', (pool) => pool.submit(String, () => {}), 'UncloneableError'],
    ['no function', (pool) => pool.submit('text' as never), 'TypeError'],
    ['a signal that is aborted', (pool) => pool.run({ fn: double, args: [1], signal: AbortSignal.abort() }), 'AbortError'],
  ])('a task that is refused before it is submitted: %s', async (_, submit, name) => {
    const { told } = listen();
    await expect(submit(poolOf(Pool, 1))).rejects.toMatchObject({ name });
    expect(told.map(([event]) => event)).toEqual(['start', 'end', 'error', 'asyncStart', 'asyncEnd']);
    expect(told[2]![1]).toMatchObject({ error: { name } });
    expect(told[2]![1]).not.toHaveProperty('waitTime');
  });

  test('a task that is aborted while it waits, and one that is while it runs', async () => {
    const { told } = listen();
    const pool = poolOf(Pool, 1);
    const [first, second] = [new AbortController(), new AbortController()];
    const running = offload.with({ executor: pool, signal: first.signal })(hold, newGate());
    const waiting = offload.with({ executor: pool, signal: second.signal })(double, 1);
    await untilRunning(pool);
    second.abort('second');
    await expect(waiting).rejects.toBe('second');
    first.abort('first');
    await expect(running).rejects.toBe('first');
    expect(told.map(([event, context]) => `${event} ${String(context['function'])}`)).toEqual([
      'start hold', 'end hold', 'start double', 'end double', 'error double', 'asyncStart double', 'asyncEnd double', 'error hold', 'asyncStart hold', 'asyncEnd hold',
    ]);
    expect(told[4]![1]).toEqual({ function: 'double', executor: 'offload', error: 'second' });
  });

  test('functions of Node by their name, and those without', async () => {
    const { told } = listen();
    const pool = poolOf(Pool, 1);
    await pool.submit(fs.existsSync, '/');
    await pool.submit((() => () => 1)());
    expect(told.filter(([event]) => event === 'start').map(([, context]) => context['function'])).toEqual(['existsSync', 'anonymous']);
  });

  test('a store that is bound to the start is there when the task is submitted, and a subscriber of one event is enough', async () => {
    const storage = new AsyncLocalStorage<string>();
    const start = channel('tracing:offload:task:start');
    start.bindStore(storage, (context) => `span of ${String((context as Context)['function'])}`);
    onTestFinished(() => void start.unbindStore(storage));
    const stores: unknown[] = [];
    const note = () => stores.push(storage.getStore());
    subscribe('tracing:offload:task:end', note);
    onTestFinished(() => void unsubscribe('tracing:offload:task:end', note));
    const pool = poolOf(Pool, 1);
    expect(await storage.run('outer', () => pool.submit(double, 2))).toBe(4);
    expect(stores).toEqual(['span of double']);
    expect(storage.getStore()).toBeUndefined();
  });

  test('a subscriber that comes in the middle of a task is told nothing of it, and neither is one that has gone', async () => {
    const pool = poolOf(Pool, 1);
    const early = pool.submit(double, 1);
    const { told } = listen();
    expect(await early).toBe(2);
    expect(told).toEqual([]);
    expect(tracingChannel('offload:task').start.hasSubscribers).toBe(true);
  });

  test('of map in chunks, a task is a chunk', async () => {
    const { told } = listen();
    for await (const result of poolOf(Pool, 1).map(double, [1, 2, 3], { chunkSize: 2 })) void result;
    expect(told.map(([event, context]) => `${event} ${String(context['function'])}`).filter((event) => event.startsWith('start'))).toEqual(['start double', 'start double']);
  });
});
