/** The wait for a value that may be a promise. */

/** As it was before anybody replaced it. */
const then = Promise.prototype.then;

/** Calls `fulfil` or `fail` once `value` is settled: what an `await` of it does. */
export function whenSettled(
  value: unknown,
  fulfil: (value: unknown) => void,
  fail: (error: unknown) => void,
): void {
  let promise: Promise<unknown>;
  try {
    promise = Promise.resolve(value);
  } catch (error) {
    // What a promise says of its own class threw: an await throws that at once.
    fail(error);
    return;
  }
  void then.call(promise, fulfil, fail);
}
