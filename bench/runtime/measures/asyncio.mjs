import { takeTurns } from '../rounds.mjs';
import { median } from '../statistics.mjs';
import { block } from '../contestants/workers/functions.mjs';
import { checkResult } from '../contestants.mjs';

export default {
  name: 'asyncio',
  title: "The examples of asyncio's documentation",
  parts: [{}],
  async run({ quick }) {
    const { offload, setDefaultExecutor, ThreadPoolExecutor } = await import('eslint-plugin-offload/runtime');
    const cases = [
      {
        name: 'five tasks of 0.5 s, 4 workers',
        executor: () => new ThreadPoolExecutor({ maxWorkers: 4 }),
        tasks: (executor) => Array.from({ length: 5 }, () => executor.submit(block, 500)),
        expected: 500,
      },
      {
        name: 'two tasks of 1 s, default executor',
        executor() {
          const executor = new ThreadPoolExecutor();
          setDefaultExecutor(executor);
          return executor;
        },
        tasks: () => [offload(block, 1000), offload(block, 1000)],
        expected: 1000,
      },
    ];
    const turns = await takeTurns(cases, quick ? 1 : 5, (example) => firstAndSecond(example));
    const rows = cases.map(({ name }, index) => {
      const [first, second] = ['first', 'second'].map((which) => median(turns[index].map((turn) => turn[which])));
      return { kind: 'ours', figures: { first, second }, cells: [name, seconds(first), seconds(second)] };
    });
    return [
      {
        title: this.title,
        head: ['', 's, workers yet to start', 's, workers there'],
        rows,
        bars: rows.flatMap(({ cells: [name], figures }) => [
          { bar: `${name}: 1.0 s, workers yet to start`, is: `${seconds(figures.first)} s`, met: figures.first < 1050 },
          { bar: `${name}: 1.0 s, workers there`, is: `${seconds(figures.second)} s`, met: figures.second < 1050 },
        ]),
      },
    ];
  },
};

async function firstAndSecond({ executor: makeExecutor, tasks, expected }) {
  const executor = makeExecutor();
  const once = async () => {
    const from = performance.now();
    for (const result of await Promise.all(tasks(executor))) checkResult(result, expected, 'a task that blocks');
    return performance.now() - from;
  };
  const figures = { first: await once(), second: await once() };
  await executor.shutdown();
  return figures;
}

function seconds(ms) {
  return (ms / 1000).toFixed(3);
}
