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
