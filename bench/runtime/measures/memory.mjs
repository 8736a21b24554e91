import { loadContestants } from '../contestants.mjs';
import { inFreshProcess } from '../fresh-process.mjs';
import { takeTurns } from '../rounds.mjs';
import { median, ratio } from '../statistics.mjs';
import { absentRows, factor } from '../tables.mjs';

const workers = 8;
const floor = 'bare worker, messages';
const MB = 1024 * 1024;

export default {
  name: 'memory',
  title: `Memory per idle worker, of ${workers}`,
  parts: [{}],
  async run({ quick }) {
    const all = (await loadContestants(['ours', 'floor', 'peer'])).filter(({ name, kind }) => (quick ? ['offload', floor, 'piscina'].includes(name) : kind !== 'floor' || name === floor));
    const contestants = [];
    const absent = [];
    for (const contestant of all) {
      // What loading the library takes is kept apart by a first pool of one worker.
      if (contestant.onePool) absent.push({ ...contestant, reason: 'not measured: one pool a process' });
      else contestants.push(contestant);
    }
    const bytes = await takeTurns(contestants, quick ? 1 : 5, async ({ name }) => (await inFreshProcess('worker-memory', [name, workers])).bytes);
    const floorBytes = bytes[contestants.findIndex(({ name }) => name === floor)];
    const rows = contestants.map(({ name, kind, version }, index) => {
      const each = median(bytes[index]);
      return { kind, figures: { bytes: each, beside: ratio(bytes[index], floorBytes) }, cells: [name, version, (each / MB).toFixed(1), factor(ratio(bytes[index], floorBytes))] };
    });
    const { bytes: ours, beside } = rows[0].figures;
    return [
      {
        title: this.title,
        head: ['', 'version', 'MB', '÷ floor'],
        rows: [...rows, ...absentRows(absent)],
        notes: [`Resident memory of the process. Floor: ${floor}.`],
        bars: [{ bar: 'stated', is: `${(ours / MB).toFixed(1)} MB an idle worker, ${factor(beside)} a bare one` }],
      },
    ];
  },
};
