/** A check of the demo did not hold: its message says all, a stack would only hide it. */
export class Failure extends Error {
  expected = true;
}
