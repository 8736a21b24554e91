import { pbkdf2Sync } from 'node:crypto';
import { runInExecutor, ThreadPoolExecutor } from 'eslint-plugin-offload/runtime';

const pool = new ThreadPoolExecutor({ maxWorkers: 2 });
try {
  const key = await runInExecutor(pool, pbkdf2Sync, 'secret', 'salt', 1000, 32, 'sha256');
  console.log(key.toString('hex'));
} finally {
  await pool.shutdown();
}
