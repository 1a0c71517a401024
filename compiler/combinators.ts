/** Functions of the library that wait for several futures: the compiler makes their storage (core/flow). */

/** Those with arms by name, and what makes the storage of each. */
const ARMED: ReadonlyMap<string, string> = new Map([
  ["select", "makeGroup"],
  ["fairSelect", "makeFair"],
  ["race", "makeRace"],
  ["all", "makeAll"],
  ["any", "makeAny"],
]);

/** Those that limit one future, and the leaf future that is the limit of each. */
const LIMITS: ReadonlyMap<string, string> = new Map([
  ["timeout", "$sleep"],
  ["deadline", "$sleepUntil"],
]);

/** What makes the storage of a call of our function `own`, whose arms have names; undefined for other functions. */
export function makerOf(own: string | undefined): string | undefined {
  return own === undefined ? undefined : ARMED.get(own);
}

/** What begins the limit of a call of our function `own`; undefined when that has none. */
export function limitOf(own: string | undefined): string | undefined {
  return own === undefined ? undefined : LIMITS.get(own);
}

/** What can be called so. */
export const COMBINATORS: readonly string[] = [...ARMED.keys(), ...LIMITS.keys()];
