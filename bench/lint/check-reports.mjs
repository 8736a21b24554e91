/**
 * A rule has to report the same in every round, alone and beside others, with oxc-parser and without.
 *
 * @param measured what `measureRounds` gives
 * @throws {Error} naming the rule, and the two that differ
 */
export function checkReports(measured) {
  const first = new Map();
  for (const [way, rounds] of measured) {
    for (const { reports } of rounds) {
      for (const [rule, { count, digest }] of Object.entries(reports)) {
        const known = first.get(rule) ?? { way, count, digest };
        first.set(rule, known);
        if (known.digest !== digest) throw new Error(`${rule} reports something else in "${way}" (${count}) than in "${known.way}" (${known.count}).`);
      }
    }
  }
}
