import { median } from '../runtime/statistics.mjs';

/** How many per cent are added, round by round: to the main thread's time, or to that of all. */
export function added(rounds, others, of = 'main') {
  return rounds.map((one, round) => (one[of] / others[round][of] - 1) * 100);
}

/** Per cents as two cells of a table: the median, the least and the most. */
export function addedFigures(each) {
  return [median(each).toFixed(1), `${Math.min(...each).toFixed(1)} .. ${Math.max(...each).toFixed(1)}`];
}

export function kilobytesAFile(rounds, others) {
  const heap = (of) => median(of.map(({ heap }) => heap));
  return (heap(rounds) - heap(others)) / 1_024 / rounds[0].files;
}

export function reportsIn([{ reports }]) {
  return Object.values(reports).reduce((sum, { count }) => sum + count, 0);
}

export function parsedBeside([{ parses }]) {
  return [parses.parser > 0 && `${parses.parser} by the parser`, parses.oxc > 0 && `${parses.oxc} by oxc-parser`].filter(Boolean).join(', ') || '0';
}
