// The figures, side by side.
export function printTable({ before, after, requests, concurrency, healthEvery }) {
  const row = (name, digits, pick) => [name, ...[before, after].map((figures) => pick(figures).toFixed(digits))];
  const rows = [
    ['', 'before', 'after'],
    row('requests per second', 1, ({ requests, seconds }) => requests / seconds),
    row('event-loop delay p50, ms', 1, ({ delays }) => mean(delays.map(({ p50 }) => p50))),
    row('event-loop delay p99, ms', 1, ({ delays }) => mean(delays.map(({ p99 }) => p99))),
    row('event-loop delay longest, ms', 1, ({ delays }) => Math.max(...delays.map(({ longest }) => longest))),
    row('GET /health p50, ms', 1, ({ health }) => percentile(health, 50)),
    row('GET /health p99, ms', 1, ({ health }) => percentile(health, 99)),
    row('small read, idle service, ms', 2, ({ alone }) => percentile(alone, 50)),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((cells) => cells[column].length)));
  for (const [name, ...values] of rows) {
    console.log([name.padEnd(widths[0]), ...values.map((value, index) => value.padStart(widths[index + 1] + 3))].join(''));
  }
  console.log(`
${requests} requests to each version, ${concurrency} at a time, in turns; /health asked every ${healthEvery} ms meanwhile.
Delay: how much later than due a timer ran inside the service; its p50 and p99 are the mean of the turns.
Small read: median of one file read at a time with nothing else to do, the price of the way to a worker and back.`);
}

function percentile(values, wanted) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((wanted / 100) * sorted.length) - 1)];
}

function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
