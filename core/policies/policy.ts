/** What decides which ready task has the next turn. */

/** Who polls: an executor. */
export interface Poller {
  /** Gives `slot` its turn; whether it is ready again. */
  poll_(slot: number): boolean;
}

/** The slots that are ready, and their order. */
export interface Policy {
  /** Slots that are ready. */
  readonly length: number;
  /** Makes `slot` ready. Called while it is not, or again while it is polled. Cost: O(1). */
  add(slot: number): void;
  /**
   * Gives turns: at least one while any slot is ready, and so many that the executor's share of a pass is worth it. A throw
   * of `poller` ends it; the slot that threw counts as ready, and the next pass goes on behind it.
   */
  pass(poller: Poller): void;
}

/** Makes a policy for `slots` slots, when an executor is made; `levelOf` gives the priority of a slot's kind. */
export type MakePolicy = (slots: number, levelOf: (slot: number) => number) => Policy;

/** Priorities go from 0, the lowest and the default, to this. */
export const HIGHEST = 7;

/** Turns of tasks with higher priorities after which one of a lower level has one. */
export const AGING = 32;
