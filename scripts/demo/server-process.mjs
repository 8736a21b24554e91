// Runs the service (first argument) unchanged, and measures its event loop from inside: no timer elsewhere can.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';

/** Milliseconds between two samples; the monitor counts them in, a delay is what comes on top. */
const resolution = 5;
let monitor;

process.on('message', ({ measuring }) => {
  // A new one each time: one that is enabled again takes the pause for a delay.
  if (measuring) monitor = monitorEventLoopDelay({ resolution });
  if (measuring) monitor.enable();
  else monitor.disable();
  process.send({ p50: delay(monitor.percentile(50)), p99: delay(monitor.percentile(99)), longest: delay(monitor.max) });
});
// Also when the demo is killed: a service without it would stay for ever.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));

await import(pathToFileURL(process.argv[2]).href);

function delay(nanoseconds) {
  return Math.max(0, nanoseconds / 1e6 - resolution);
}
