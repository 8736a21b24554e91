import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { median } from '../runtime/statistics.mjs';

const program = fileURLToPath(new URL('load-plugin.mjs', import.meta.url));

/** What loading plugins takes, each in fresh processes, in milliseconds of processor time: the medians. */
export function loadingTimes(names, rounds) {
  const times = new Map(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) for (const name of names) times.get(name).push(Number(execFileSync(process.execPath, [program, name], { encoding: 'utf8' })));
  return new Map(names.map((name) => [name, median(times.get(name))]));
}
