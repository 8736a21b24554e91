import { ProcessPoolExecutor, runInExecutor } from 'eslint-plugin-offload/runtime';

function sumOfSquares(count) {
  let sum = 0;
  for (let i = 0; i < count; i += 1) sum += i * i;
  return sum;
}

const pool = new ProcessPoolExecutor({ maxWorkers: 2 });
try {
  console.log(await runInExecutor(pool, sumOfSquares, 100_000));
} finally {
  await pool.shutdown();
}
