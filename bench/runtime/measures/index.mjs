import asyncio from './asyncio.mjs';
import blocker from './blocker.mjs';
import coldStart from './cold-start.mjs';
import latency from './latency.mjs';
import leak from './leak.mjs';
import loopDelay from './loop-delay.mjs';
import memory from './memory.mjs';
import native from './native.mjs';
import readFile from './read-file.mjs';
import throughput from './throughput.mjs';

/**
 * In the order in which they are run.
 *
 * A measure has a `name`, a `title`, `parts`, each of which gets a process of its own, and `run({ ...part, quick })`,
 * which gives tables: `{ title, head, rows: [{ kind, cells, figures, verdict }], notes, bars: [{ bar, is, met }] }`. One that
 * is `long` is not in the quick form unless it is asked for.
 */
export const measures = [throughput, latency, readFile, coldStart, blocker, asyncio, loopDelay, memory, leak, native];
