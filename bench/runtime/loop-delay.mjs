import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * How late a timer of 1 ms runs while `work` goes on, in milliseconds. An idle loop has about 1 to 2.
 *
 * @returns what `work` gave, and the delay's `p50`, `p99` and `longest`
 */
export async function withLoopDelay(work) {
  // A new one each time: one that is enabled again takes the time it was off for a delay.
  const histogram = monitorEventLoopDelay({ resolution: 1 });
  histogram.enable();
  // The first run of the timer is only where its clock starts, the last is what tells of a loop that was held to the end.
  await sleep(3);
  const result = await work();
  await sleep(3);
  histogram.disable();
  return { result, delay: { p50: histogram.percentile(50) / 1e6, p99: histogram.percentile(99) / 1e6, longest: histogram.max / 1e6 } };
}
