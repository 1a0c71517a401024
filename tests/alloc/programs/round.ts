/** A round: some tasks take so many steps together, and end. It comes from the test. */
interface Round {
  readonly name: string;
  readonly steps: number;
  /** Told at the end, with what starts the next round. */
  end(again: () => void): void;
}

declare const round: Round;

/** What each round starts, by name. */
export interface Rounds {
  readonly [name: string]: (() => void) | undefined;
}

/** The last item, or word. */
export const STOP = 0;

let left = 0;
let running = 0;
let again: () => void;

/** Whether there is one more step; for whoever counts them. */
export function isMore(): boolean {
  return left-- > 0;
}

/** What each task of a round says at its end. */
export function over(): void {
  if (--running === 0) round.end(again);
}

/** The tasks of a round. */
export function start(...all: (() => unknown)[]): void {
  running = all.length;
  for (const each of all) each();
}

/** Starts the round that the test asks for; `main` starts the next one. */
export function play(rounds: Rounds, main: () => void): void {
  left = round.steps;
  again = main;
  rounds[round.name]?.();
}
