import { inFreshProcess } from '../fresh-process.mjs';

const workers = 2;
const kB = 1024;
/** Of the smallest objects there are, a task that left one behind would leave this many bytes. */
const smallest = 12;

export default {
  name: 'leak',
  title: 'Memory over many trivial tasks',
  parts: [{}],
  async run({ quick }) {
    const tasks = quick ? 100_000 : 1_000_000;
    const portions = quick ? 5 : 10;
    const measured = await inFreshProcess('leak', [tasks, portions, workers]);
    const rows = measured.map(({ heap, workerHeaps, rss }, portion) => ({
      kind: 'ours',
      figures: { heap, workerHeaps, rss },
      cells: [portion === 0 ? 'after a warm-up' : `after ${((tasks / portions) * portion).toLocaleString('en')} more`, (heap / kB).toFixed(0), (workerHeaps / kB).toFixed(0), (rss / kB).toFixed(0)],
    }));
    return [
      {
        title: `${this.title}, ${workers} workers`,
        head: ['', 'heap, KB', "workers' heaps, KB", 'resident, KB'],
        rows,
        notes: ['Heaps after garbage collection. Resident memory is what the allocators keep, and may rise before it levels out.'],
        bars: [grown("the main thread's heap", measured, 'heap', tasks), grown("the workers' heaps", measured, 'workerHeaps', tasks)],
      },
    ];
  },
};

/** A leak grows with the tasks. What does not, such as code compiled later, is less than any object for each of them. */
function grown(what, measured, which, tasks) {
  const bytes = (measured.at(-1)[which] - measured[0][which]) / tasks;
  return { bar: `none over ${tasks.toLocaleString('en')} tasks: ${what}`, is: `${bytes.toFixed(2)} bytes a task`, met: bytes < smallest };
}
