// Loaded into every process of the tests: writes down from where each task is given to the runtime.
const { tracingChannel } = require('node:diagnostics_channel');
const { appendFileSync } = require('node:fs');
const process = require('node:process');

const seen = new Set();

tracingChannel('offload:task').start.subscribe(() => {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 50;
  const { stack } = new Error();
  Error.stackTraceLimit = limit;
  const place = stack.split('\n').slice(1).find((frame) => !/node:|eslint-plugin-offload|record-places/.test(frame))?.match(/[^( ]+:\d+:\d+/)?.[0];
  if (!place || seen.has(place)) return;
  seen.add(place);
  appendFileSync(process.env.OFFLOAD_PLACES, `${place}\n`);
});
