import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { checkResult, startContestants, stopContestants } from '../contestants.mjs';
import { withLoopDelay } from '../loop-delay.mjs';
import { takeTurns } from '../rounds.mjs';
import { median } from '../statistics.mjs';

const tasks = 8;
const cores = availableParallelism();

export default {
  name: 'loop-delay',
  title: `Event-loop delay while ${tasks} CPU-bound tasks run`,
  // With a core to spare, and with as many workers as the default executor may have: then the system shares out cores.
  parts: [{ workers: Math.max(1, cores - 1) }, { workers: Math.min(32, cores + 4) }],
  async run({ workers, quick }) {
    const ms = quick ? 50 : 200;
    const { started } = await startContestants({ workers, names: ['offload', 'bare worker, messages', 'piscina'] });
    const contestants = [idleFor((ms * tasks) / workers), ...started];
    const turns = await takeTurns(contestants, quick ? 3 : 7, async ({ name, pool }) => {
      const { result, delay } = await withLoopDelay(() => Promise.all(Array.from({ length: tasks }, () => pool.spin(ms))));
      for (const spun of result) checkResult(spun, ms, `${name}: a task that spins`);
      return delay;
    });
    const notes = await stopContestants(started);
    const rows = contestants.map(({ name, kind, version }, index) => {
      const [p50, p99, longest] = ['p50', 'p99', 'longest'].map((which) => median(turns[index].map((delay) => delay[which])));
      return { kind, figures: { p50, p99, longest }, cells: [name, version, p50.toFixed(2), p99.toFixed(2), longest.toFixed(2)] };
    });
    // Beside the idle loop of the same round.
    const above = median(turns[1].map(({ p99 }, round) => p99 - turns[0][round].p99));
    const spare = workers < cores;
    return [
      {
        title: `${this.title}, ${workers === 1 ? '1 worker' : `${workers} workers`} on ${cores} cores`,
        head: ['', 'version', 'p50, ms', 'p99, ms', 'longest, ms'],
        rows,
        notes: spare ? notes : [...notes, 'More workers than cores: no bar, because the main thread has to share a core with them.'],
        bars: spare ? [{ bar: 'p99 within 2 ms of idle, when cores allow', is: `${Math.max(0, above).toFixed(2)} ms above idle`, met: above <= 2 }] : [],
      },
    ];
  },
};

/** As long as the others need for their tasks, so that as many timers are watched. */
function idleFor(whole) {
  const spin = (ms) => sleep(whole, ms);
  return { name: 'idle', kind: 'floor', version: '', pool: { spin } };
}
