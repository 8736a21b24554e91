// From nothing loaded to the first result.
import { tell } from '../fresh-process.mjs';

const [file, how] = process.argv.slice(2);
const { default: contestant } = await import(file);
const load = how === 'require' ? process.getBuiltinModule('node:module').createRequire(import.meta.url) : undefined;

const from = performance.now();
const pool = await contestant.start({ workers: 1, load });
const result = await pool.run(1);
const took = performance.now() - from;
if (result !== 2) throw new Error(`${contestant.name}: 1 + 1 gave ${result}`);
tell(took);
