/** What combinators give besides values. */

declare const timedOut: unique symbol;

/** What `timeout` gives when time was up first. */
export const TIMED_OUT: typeof timedOut = { toString: () => "TIMED_OUT" } as unknown as typeof timedOut;
