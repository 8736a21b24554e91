// The same load for both versions, in turns, so that a busy machine disturbs both alike.
import { Agent } from 'node:http';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { checkAnswer, fingerprint } from './answers.mjs';
import { keyOf, load, smallRead } from './requests.mjs';

const concurrency = 8;
const healthEvery = 20;

export async function measure([before, after], answers, { quick = false }) {
  const requests = load(quick ? 36 : 126);
  const turns = quick ? [before, after] : [before, after, after, before];
  const expected = new Map(answers.map(({ request, expected }) => [keyOf(request), expected]));
  const figures = new Map([before, after].map((server) => [server, { requests: 0, seconds: 0, health: [], delays: [], alone: [] }]));

  for (const server of turns) {
    const sums = figures.get(server);
    sums.alone.push(...(await readAlone(server, quick ? 20 : 100)));
    await server.measureDelay(true);
    const done = new AbortController();
    const health = watchHealth(server, done.signal);
    const started = performance.now();
    try {
      await sendAll(server, requests, expected);
      sums.seconds += (performance.now() - started) / 1000;
    } finally {
      done.abort();
    }
    sums.requests += requests.length;
    sums.health.push(...(await health));
    sums.delays.push(await server.measureDelay(false));
  }
  return { requests: figures.get(before).requests, concurrency, healthEvery, before: figures.get(before), after: figures.get(after) };
}

/** Milliseconds of small reads with nothing else to do: where going to a worker and back can only cost. */
async function readAlone(server, times) {
  const latencies = [];
  while (latencies.length < times) {
    const started = performance.now();
    await server.send(smallRead);
    latencies.push(performance.now() - started);
  }
  return latencies;
}

/** Keeps `concurrency` requests under way until all are answered, each as it was in the tour. */
async function sendAll(server, requests, expected) {
  const waiting = requests.values();
  const client = async () => {
    for (const request of waiting) checkAnswer(request, expected.get(keyOf(request)), fingerprint(await server.send(request)));
  };
  await Promise.all(Array.from({ length: concurrency }, client));
}

/**
 * Milliseconds until `/health` answered, asked at a fixed pace and not when the last answer came:
 * a service that stands still for a second would otherwise be asked only once in it.
 */
async function watchHealth(server, done) {
  // Connections are kept: Node accepts few new ones in a turn of its loop, which would make a busy service look worse.
  const agent = new Agent({ keepAlive: true });
  const asked = [];
  const started = performance.now();
  for (let due = 0; !done.aborted; due += healthEvery) {
    await sleep(Math.max(0, started + due - performance.now()), undefined, { signal: done }).catch(() => {});
    if (done.aborted) break;
    const answer = server.send({ path: '/health' }, agent).then(() => performance.now() - started - due);
    // Looked at when the load is through; a refusal before that must not end the process.
    answer.catch(() => {});
    asked.push(answer);
  }
  const latencies = await Promise.all(asked);
  agent.destroy();
  return latencies;
}
