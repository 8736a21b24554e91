import type { Skipped } from './find-files.js';
import type { Outcome } from './lint-files.js';

/** Everything that is printed. */
export interface Report extends Outcome {
  readonly skipped: readonly Skipped[];
}
