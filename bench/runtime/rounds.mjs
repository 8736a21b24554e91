import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Lets contestants take turns, in another order each round, so that none always comes after the same neighbour.
 *
 * @param turn takes a contestant and gives a figure, or an object of figures
 * @returns for each contestant, in their order, what its turns gave, by round
 */
export async function takeTurns(contestants, rounds, turn) {
  const taken = contestants.map(() => []);
  for (let round = 0; round < rounds; round++) {
    globalThis.gc?.();
    for (let step = 0; step < contestants.length; step++) {
      const forwards = (step + round) % contestants.length;
      const index = round % 2 === 0 ? forwards : contestants.length - 1 - forwards;
      // What one leaves behind is not to be cleared away in the turn of another.
      globalThis.gc?.({ type: 'minor' });
      taken[index].push(await answered(contestants[index].name, turn(contestants[index])));
    }
  }
  return taken;
}

/** @throws when a contestant has lost a task: without that, the bench would wait for ever and not say for whom */
export async function answered(name, promise, seconds = 60) {
  const given = new AbortController();
  const late = sleep(seconds * 1000, undefined, given).then(() => Promise.reject(new Error(`${name} did not answer within ${seconds} s`)));
  try {
    return await Promise.race([promise, late]);
  } finally {
    given.abort();
  }
}
