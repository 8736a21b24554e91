/**
 * How many programs, graphs or values a property is tried with: the same ones each time, so that who changed nothing
 * breaks nothing. `PROPERTY_RUNS=20000 PROPERTY_SEED=…` is for a long look at others.
 */
export function runs(usual: number): { numRuns: number; seed: number } {
  return { numRuns: Number(process.env['PROPERTY_RUNS'] ?? usual), seed: Number(process.env['PROPERTY_SEED'] ?? 20251122) };
}
