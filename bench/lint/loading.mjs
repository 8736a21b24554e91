import { median } from '../runtime/statistics.mjs';
import { runProgram } from './rounds.mjs';

/** What loading plugins takes the main thread, each in fresh processes, in milliseconds: the medians. */
export function loadingTimes(names, rounds, node) {
  const times = new Map(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) for (const name of names) times.get(name).push(runProgram('load-plugin.mjs', name, node));
  return new Map(names.map((name) => [name, median(times.get(name))]));
}
