import { readdirSync, readFileSync } from 'node:fs';
import { answered } from './rounds.mjs';

/**
 * Every adapter of contestants/ and floors/: ours first, then floors, then peers by name.
 *
 * An adapter has `name`, `kind` (`ours`, `variant` of ours, `floor`, `peer`), `package` where it is not its name, and
 * `start({ workers })`, which gives `run(x)`, the trivial task; `stop()`; and what else it can do of `block(ms)`,
 * `spin(ms)` and `runFile(path)`.
 */
export async function loadContestants(kinds = order) {
  const files = ['contestants', 'floors'].flatMap((folder) =>
    readdirSync(new URL(`${folder}/`, import.meta.url))
      .filter((file) => file.endsWith('.mjs'))
      .map((file) => new URL(`${folder}/${file}`, import.meta.url).href),
  );
  const loaded = await Promise.all(files.map(async (file) => ({ file, ...(await import(file)).default })));
  return inOrder(loaded.filter(({ kind }) => kinds.includes(kind)).map((contestant) => ({ ...contestant, version: versionOf(contestant) })));
}

const order = ['ours', 'variant', 'floor', 'peer'];

/** Ours, floors, peers. */
export function inOrder(contestants) {
  return contestants.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || a.name.localeCompare(b.name));
}

/**
 * Starts them with their workers up and their code warm.
 *
 * @param can what else than `run` they have to be able to do; those that cannot are left out
 * @returns those that run, as `{ name, kind, version, pool }`, and those that do not on this Node, with the reason
 */
export async function startContestants({ workers, kinds, can = [], names }) {
  const started = [];
  const absent = [];
  for (const contestant of await loadContestants(kinds)) {
    const { name, kind, version } = contestant;
    if (names !== undefined && !names.includes(name)) continue;
    try {
      const pool = await contestant.start({ workers });
      if (can.some((method) => !(method in pool))) {
        await pool.stop();
        continue;
      }
      const running = { name, kind, version, pool };
      await answered(name, warmUp(running, workers));
      started.push(running);
    } catch (error) {
      if (kind !== 'peer' || error instanceof WrongResult) throw error;
      absent.push({ name, kind, version, reason: `does not run on this Node: ${String(error?.message ?? error).split('\n')[0]}` });
    }
  }
  return { started, absent };
}

/**
 * The process ends after it, so nobody waits for a peer that does not come to an end, as tinypool at times does not.
 *
 * @returns a note for each that did not
 */
export async function stopContestants(started) {
  const notes = [];
  for (const { name, kind, pool } of started) {
    try {
      await answered(name, pool.stop(), 2);
    } catch (error) {
      if (kind !== 'peer') throw error;
      notes.push(`When it was stopped: ${error.message}.`);
    }
  }
  return notes;
}

/**
 * Trivial tasks, all at once.
 *
 * @throws {WrongResult}
 */
export async function runAtOnce({ name, pool }, tasks) {
  const results = await Promise.all(Array.from({ length: tasks }, (_, x) => pool.run(x)));
  for (let x = 0; x < tasks; x++) checkIncrement(name, x, results[x]);
}

/** @throws {WrongResult} */
export function checkIncrement(name, x, result) {
  // Compared first: to put a message together takes longer than the task.
  if (result !== x + 1) checkResult(result, x + 1, `${name}: ${x} + 1`);
}

/** @throws {WrongResult} where a contestant is fast and wrong, which ends the bench */
export function checkResult(actual, expected, what) {
  if (actual !== expected) throw new WrongResult(`${what} gave ${actual}, not ${expected}`);
}

class WrongResult extends Error {}

async function warmUp(contestant, workers) {
  const { block } = contestant.pool;
  // Longer than a start takes, so that each worker gets one.
  if (block) await Promise.all(Array.from({ length: workers }, () => block(100)));
  for (let burst = 0; burst < 2; burst++) await runAtOnce(contestant, 1000);
}

function versionOf({ name, kind, package: packageName = name }) {
  if (kind === 'floor') return '';
  return JSON.parse(readFileSync(new URL(`../node_modules/${packageName}/package.json`, import.meta.url), 'utf8')).version;
}
