// The tasks as functions of a module, the form in which most pools want them. CommonJS, because a worker that starts
// with it is there sooner: no peer shall lose by the form of its tasks.
const { performance } = require('node:perf_hooks');

exports.increment = (x) => x + 1;

exports.block = (ms) => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
  return ms;
};

exports.spin = (ms) => {
  for (const until = performance.now() + ms; performance.now() < until; );
  return ms;
};
