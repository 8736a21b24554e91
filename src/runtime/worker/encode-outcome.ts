import { type Boundary, decodeResult, encodeError, encodeResult, type Encoded } from '../codec/index.js';
import type { EachOutcome } from '../task/each.js';
import type { Resolved } from './resolve.js';

/** @throws {UncloneableError} for a result that cannot cross, naming its place */
export function encodeOutcome(value: unknown, { keepsResults, isForEach }: Resolved, boundary: Boundary): Encoded {
  try {
    return encodeResult(value, keepsResults, boundary);
  } catch (error) {
    if (!isForEach) throw error;
    return encodeResult(upToUncloneable(value as EachOutcome, boundary), keepsResults, boundary);
  }
}

/** The first result that cannot cross is the failure, as it would be if it were the only one. */
function upToUncloneable({ values, failure }: EachOutcome, boundary: Boundary): EachOutcome {
  for (const [index, value] of values.entries()) {
    try {
      encodeResult(value, true, boundary);
    } catch (thrown) {
      return { values: values.slice(0, index), failure: { thrown } };
    }
  }
  // So it is what was thrown.
  return failure ? { values, failure: { thrown: decodeResult(encodeError(failure.thrown, boundary).payload) } } : { values };
}
