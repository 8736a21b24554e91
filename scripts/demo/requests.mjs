// What is asked of the service. The same for both versions, and on every run.
const credentials = JSON.stringify({ name: 'ada', password: 'engine No. 1' });
const plan = '# Plan\n\n- measure\n- **move** the slow calls\n';
const small = '/documents/welcome.md';
const large = '/documents/catalogue.csv';
const put = { method: 'PUT', path: '/documents/drafts%2Fplan.md', body: plan };
export const smallRead = { path: small };
const scratch = '/documents/drafts%2Fscratch.md';

/** Every route and every way it can refuse, one after the other: some change what the next one sees. */
export const tour = [
  { path: '/health' },
  put,
  { path: '/documents' },
  smallRead,
  { path: large },
  { path: '/documents/drafts%2Fplan.md/page' },
  { path: `${small}/page?theme=wide` },
  { path: `${small}/page?theme=unknown` },
  { path: `${small}/info` },
  { path: '/documents/notes/info' },
  { path: '/themes' },
  { path: '/usage' },
  { path: `${large}/gzip` },
  { path: `${small}/brotli?quality=11` },
  { path: `${large}/brotli?quality=6` },
  { path: `${large}/statistics` },
  { path: '/documents/logo.bin/statistics' },
  { path: `${small}/problems` },
  { path: '/documents/notes%2Fmeeting.md/problems' },
  { path: '/words/welcome.md' },
  { method: 'POST', path: '/sessions', body: credentials },
  { method: 'POST', path: '/sessions', body: credentials.replace('1', '2') },
  { method: 'POST', path: `${small}/link`, body: 'secret' },
  { path: '/documents/nothing.md' },
  { path: '/documents/nothing.md/info' },
  { path: '/documents/nothing.md/gzip' },
  { path: '/documents/nowhere%2Fnothing.md' },
  { path: '/documents/..%2Fusers.json' },
  { method: 'PUT', path: scratch, body: 'for a moment' },
  { path: scratch },
  { method: 'DELETE', path: scratch },
  { method: 'DELETE', path: scratch },
  { path: scratch },
  { path: '/nothing' },
];

/** One in three is work: passwords, packing, other programs. The rest is light reading and a write. */
const mix = [
  ...repeat(3, smallRead),
  ...repeat(3, { path: `${small}/page?theme=wide` }),
  ...repeat(2, { path: `${small}/info` }),
  ...repeat(2, { path: '/documents' }),
  { path: '/themes' },
  put,
  ...repeat(2, { method: 'POST', path: '/sessions', body: credentials }),
  { method: 'POST', path: `${small}/link`, body: 'secret' },
  { path: `${large}/gzip` },
  { path: `${large}/brotli?quality=6` },
  { path: `${large}/statistics` },
];

/** `count` requests of the mix, in an order that is shuffled but always the same. */
export function load(count) {
  const requests = Array.from({ length: count }, (_, index) => mix[index % mix.length]);
  let state = 7;
  for (let last = requests.length - 1; last > 0; last--) {
    state = (state * 48_271) % 2_147_483_647;
    const other = state % (last + 1);
    [requests[last], requests[other]] = [requests[other], requests[last]];
  }
  return requests;
}

/** Requests that ask the same have the same key. */
export function keyOf({ method = 'GET', path, body = '' }) {
  return `${method} ${path} ${body}`;
}

function repeat(times, request) {
  return Array(times).fill(request);
}
