import { addedFigures } from './figures.mjs';
import { runProgram, waysFor } from './rounds.mjs';

/**
 * What configurations add when each lints file by file in turn with the one that it is beside, in one process. Noise that
 * lasts longer than a file meets both. But code that one has had compiled is compiled for the other, collections of garbage
 * meet either, and there is no memory to tell apart.
 */
export function measurePaired(comparisons, configurations, folder, rounds, node) {
  const ways = waysFor(configurations, folder, node);
  const pairs = comparisons.flatMap(({ name, beside }) => ways.filter((way) => way.name === name).map(({ oxc }) => ({ name, beside, oxc, rounds: [] })));
  for (let round = 0; round < rounds; round += 1) {
    for (const { name, beside, oxc, rounds: measured } of pairs) measured.push(runProgram('lint-paired.mjs', { names: [name, beside], folder, oxc }, node));
  }
  return {
    head: ['configuration', 'oxc-parser', 'beside', 'adds %', 'min .. max'],
    rows: pairs.map(({ name, beside, oxc, rounds: measured }) => ({ cells: [name, oxc ? 'there' : '', beside, ...addedFigures(measured.map(({ adds }) => adds))] })),
  };
}
