import { inspect } from 'node:util';
import { compileFunction, runInNewContext } from 'node:vm';

/** What a program logged, returned or threw, in order. */
export type Outcome = readonly string[];

/** What a worker does with a task, on this thread: only the source crosses, arguments and result are cloned, and time passes. */
async function offload(fn: (...args: never[]) => unknown, ...args: unknown[]): Promise<unknown> {
  const task = runInNewContext(`(${String(fn)})`, { structuredClone }) as (...args: unknown[]) => unknown;
  const given = structuredClone(args);
  await null;
  return structuredClone(task(...given));
}

interface Program {
  main?: (log: (...values: unknown[]) => void, outside: Outside) => Promise<unknown>;
}

/** What a program cannot see through: a parameter, and a function that keeps what it is given. */
interface Outside {
  readonly unknown: { n: number; items: unknown[] };
  readonly keep: (value: unknown) => void;
  readonly kept: unknown[];
}

/** Runs a CommonJS module that exports `main`; stacks are left out, as they name lines. */
export async function loopOutcome(code: string): Promise<Outcome> {
  const events: string[] = [];
  const note = (what: string, value: unknown): void => void events.push(`${what} ${inspect(value, { depth: 6, sorted: true }).replaceAll(/\n +at .*/g, '')}`);
  const modules: Record<string, unknown> = {
    'eslint-plugin-offload/runtime': { offload },
    'node:timers/promises': { setTimeout: (delay: number) => {
      note('wait', delay);
      return Promise.resolve();
    } },
  };
  const program: Program = {};
  compileFunction(code, ['require', 'exports'])((name: string) => modules[name], program);
  const kept: unknown[] = [];
  const outside: Outside = { unknown: { n: 7, items: [1, 'b', { c: 3 }] }, keep: (value) => void kept.push(value), kept };
  try {
    note('return', await program.main!((...values) => { note('log', values); }, outside));
  } catch (error) {
    note('throw', error instanceof Error || (error as Error | undefined)?.name ? (error as Error).name : error);
  }
  note('kept', kept);
  note('unknown', outside.unknown);
  return events;
}
