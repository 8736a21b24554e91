import { runAtOnce, startContestants, stopContestants } from '../contestants.mjs';
import { takeTurns } from '../rounds.mjs';
import { ratio } from '../statistics.mjs';
import { atLeast, bestPeer, timesTable } from '../tables.mjs';

const tasks = 1000;

export default {
  name: 'throughput',
  title: `${tasks} concurrent trivial tasks`,
  parts: [{ workers: 1 }, { workers: 2 }],
  async run({ workers, quick }) {
    const { started, absent } = await startContestants({ workers });
    const times = await takeTurns(started, quick ? 11 : 51, async (contestant) => {
      // Wakes the workers, which have slept while the others had their turns.
      await runAtOnce(contestant, 100);
      const from = performance.now();
      await runAtOnce(contestant, tasks);
      return performance.now() - from;
    });
    const notes = await stopContestants(started);
    const samples = started.map((contestant, index) => ({ ...contestant, times: times[index] }));
    return [
      timesTable({
        title: `${this.title}, ${workers === 1 ? '1 worker' : `${workers} workers`}`,
        unit: '1000 tasks/s',
        show: (ms) => (tasks / ms).toFixed(1),
        samples,
        notes,
        absent,
        floor: 'bare worker, parked',
        bars: bars(samples),
      }),
    ];
  },
};

function bars(samples) {
  const times = (name) => samples.find((sample) => sample.name === name).times;
  const best = bestPeer(samples);
  return [
    atLeast('≥ 10× piscina', 10, ratio(times('piscina'), times('offload'))),
    atLeast('≥ 5× the best peer', 5, best.times, ` ${best.name}`),
  ];
}
