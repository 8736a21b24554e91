import { loadContestants } from '../contestants.mjs';
import { inFreshProcess } from '../fresh-process.mjs';
import { takeTurns } from '../rounds.mjs';
import { ratio } from '../statistics.mjs';
import { aheadOfPeers, atMost, timesTable } from '../tables.mjs';

const floor = 'bare worker, messages';

export default {
  name: 'cold-start',
  title: 'Cold start: import and first result, 1 worker',
  parts: [{}],
  async run({ quick }) {
    const [ours, ...others] = await loadContestants(['ours', 'floor', 'peer']);
    const all = [ours, { ...ours, kind: 'variant', name: 'offload, by require', how: 'require' }, ...others.filter(({ name, kind }) => kind === 'peer' || name === floor)];
    const contestants = [];
    const absent = [];
    for (const contestant of all) {
      try {
        await start(contestant);
        contestants.push(contestant);
      } catch (error) {
        if (contestant.kind !== 'peer') throw error;
        absent.push({ ...contestant, reason: `does not run on this Node: ${error.message.replace(/^.*? ended with .*?: /, '')}` });
      }
    }
    const times = await takeTurns(contestants, quick ? 5 : 25, start);
    const samples = contestants.map((contestant, index) => ({ ...contestant, times: times[index] }));
    const floorTimes = samples.find(({ name }) => name === floor).times;
    return [
      timesTable({
        title: this.title,
        unit: 'ms',
        show: (ms) => ms.toFixed(1),
        samples,
        absent,
        floor,
        bars: [
          ...samples.slice(0, 2).map(({ name, times }) => atMost(`≤ 1.2× a bare new Worker in CommonJS${name === ours.name ? '' : `: ${name}`}`, 1.2, ratio(times, floorTimes))),
          aheadOfPeers(samples),
        ],
      }),
    ];
  },
};

function start({ file, how = 'import' }) {
  return inFreshProcess('cold-start', [file, how]);
}
