/**
 * What the program uses of the executor. Device builds replace this module by one with what the compiler found, and
 * what is false costs no byte.
 */

/** Select, timeout, or an await of a named future. */
export const RACES: boolean = true;
/** Calls of async functions as arms. */
export const STRANDS: boolean = true;
/** `cancel`, or strands, which are cancelled when they lose. */
export const CANCELS: boolean = true;
/** try statements with an await inside. */
export const HANDLERS: boolean = true;
/** Long loops without an await. */
export const PAUSES: boolean = true;
