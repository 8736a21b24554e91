import { runAtOnce, startContestants, stopContestants } from '../contestants.mjs';
import { takeTurns } from '../rounds.mjs';
import { median } from '../statistics.mjs';
import { timesTable } from '../tables.mjs';

const tasks = 500;

export default {
  name: 'blocker',
  title: `${tasks} trivial tasks behind one that takes 1 s, 2 workers`,
  parts: [{}],
  async run({ quick }) {
    const { started, absent } = await startContestants({ workers: 2, can: ['block'] });
    const blocked = new Map();
    const times = await takeTurns(started, quick ? 1 : 7, async (contestant) => {
      // That of the round before. It sleeps, so the others' turns go on meanwhile.
      await blocked.get(contestant);
      blocked.set(contestant, contestant.pool.block(1000));
      const from = performance.now();
      await runAtOnce(contestant, tasks);
      return performance.now() - from;
    });
    await Promise.all(blocked.values());
    const notes = await stopContestants(started);
    const samples = started.map((contestant, index) => ({ ...contestant, times: times[index] }));
    const ours = median(samples[0].times);
    return [
      timesTable({
        title: this.title,
        unit: 'ms until all are done',
        show: (ms) => ms.toFixed(1),
        samples,
        notes,
        absent,
        bars: [{ bar: 'all done in < 20 ms', is: `${ours.toFixed(1)} ms`, met: ours < 20 }],
      }),
    ];
  },
};
