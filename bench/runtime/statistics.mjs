export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * The median of what `a` is of `b` in each round. Noise of the machine comes and goes within seconds: it meets both
 * in one round, and so mostly falls out of their ratio, where it would stay in a ratio of medians.
 */
export function ratio(a, b) {
  return median(a.map((value, round) => value / b[round]));
}

/**
 * The quickest tenth of `a` beside that of `b`. Noise only ever adds time, so this is what is left where the machine is
 * so busy that most rounds were disturbed, one side more than the other.
 */
export function ratioAtBest(a, b) {
  return quickestTenth(a) / quickestTenth(b);
}

function quickestTenth(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 10)];
}
