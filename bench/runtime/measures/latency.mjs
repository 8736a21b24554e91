import { checkIncrement, inOrder, startContestants, stopContestants } from '../contestants.mjs';
import { takeTurns } from '../rounds.mjs';
import { median, ratio } from '../statistics.mjs';
import { aheadOfPeers, atMost, timesTable } from '../tables.mjs';

// Few in a turn and many turns: all have theirs within a few milliseconds, under the same noise.
const tasks = 20;
const floor = 'bare worker, parked';

export default {
  name: 'latency',
  title: 'One trivial task at a time',
  parts: [{ workers: 1 }, { workers: 2 }],
  async run({ workers, quick }) {
    const rounds = quick ? 31 : 61;
    const starts = [];
    // Where the system puts a thread decides as much as the pool does, and stays as it is for seconds.
    for (let start = 0; start < (quick ? 2 : 5); start++) starts.push(await startAndMeasure(workers, rounds));
    const [{ samples: firsts, absent }] = starts;
    const notes = [...new Set(starts.flatMap((start) => start.notes))];
    const samples = firsts
      .map((first) => ({ ...first, times: starts.flatMap((start) => start.samples.find(({ name }) => name === first.name)?.times ?? []) }))
      // One that did not start every time has fewer rounds, and no round to be compared with.
      .filter(({ times }) => times.length === starts.length * rounds);
    const [ours] = samples;
    const { times: floorTimes } = samples.find(({ name }) => name === floor);
    return [
      timesTable({
        title: `${this.title}, ${workers === 1 ? '1 worker' : `${workers} workers`}`,
        unit: 'µs a task',
        show: (ms) => (ms * 1000).toFixed(1),
        samples,
        notes,
        absent,
        floor,
        bars: [atMost('≤ 1.15× a bare parked worker with a drained port', 1.15, ratio(ours.times, floorTimes)), aheadOfPeers(samples)],
      }),
    ];
  },
};

async function startAndMeasure(workers, rounds) {
  const peersAndOurs = await startContestants({ workers, kinds: ['ours', 'variant', 'peer'] });
  // However many workers a pool has, the best it can do is to keep using the same one.
  const floors = await startContestants({ workers: 1, kinds: ['floor'] });
  const started = inOrder([...peersAndOurs.started, ...floors.started]);
  const times = await takeTurns(started, rounds, oneAtATime);
  const samples = started.map((contestant, index) => ({ ...contestant, times: times[index] }));
  return { samples, absent: peersAndOurs.absent, notes: await stopContestants(started) };
}

/** The median of the turn: one task that met a busy processor says nothing about the rest. */
async function oneAtATime({ name, pool }) {
  const times = [];
  for (let x = 0; x < tasks; x++) {
    const from = performance.now();
    const result = await pool.run(x);
    times.push(performance.now() - from);
    checkIncrement(name, x, result);
  }
  return median(times);
}
