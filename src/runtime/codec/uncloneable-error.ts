import { OffloadError } from '../errors.js';

/** A value that cannot cross to a worker or back. The message names its place and says what to do instead. */
export class UncloneableError extends OffloadError {
  override readonly name = 'UncloneableError';
  readonly code = 'ERR_OFFLOAD_UNCLONEABLE';
}
