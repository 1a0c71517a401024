/** The states of an operation: op.ts has their picture. In a file without imports, for the reason that answers.ts gives. */

/** Not in use. */
export const IDLE = 0;
/** Filed with its source. */
export const PENDING = 1;
/** The source is done with it; its value waits to be taken. */
export const DONE = 2;
/** As done, but taking it throws. */
export const FAILED = 3;
/** As done, but its task lets others run first: it had its share of waits that were over at once. */
export const DEFERRED = -1;

/** Waits of one poll that may be over at once; then the task gives its turn to others. */
export const BUDGET_OF_A_POLL = 128;
