/** What a random statement knows of where it stands, what makes others in it, and what all programs have. */
import type { Dice, Expressions, Place } from "./expressions.js";
import type { Names } from "./names.js";
import type { Statement } from "./tree.js";

export interface Around {
  readonly place: Place;
  /** Async generators that loops may go over. */
  readonly generators: readonly string[];
  readonly canYield: boolean;
  readonly loops: number;
  readonly labels: readonly { readonly name: string; readonly isLoop: boolean }[];
  readonly canBreak: boolean;
  readonly canContinue: boolean;
  readonly canReturn: boolean;
  /** In what a return must wait in, and in a try with a catch alone. */
  readonly isInTry: boolean;
  readonly isInCatch: boolean;
  /** In what gives something up when it is left: a `finally` that the author did not write. */
  readonly givesUp: boolean;
  /** In a function with one frame for each task: whose turn it is in a `fairSelect`, is kept in the frame. */
  readonly takesTurns: boolean;
}

/** What a kind of statement is made with. */
export interface Writer {
  readonly dice: Dice;
  /** As that of a program. */
  readonly isTimed: boolean;
  /** Whether it is run where nobody sees that a closure is too early for a name: in plain functions that are lowered, and on Espruino. */
  readonly isHeedless: boolean;
  readonly names: Names;
  readonly expressions: Expressions;
  /** Statements of a new scope. */
  block(around: Around, depth: number): Statement[];
  /** Statements of a scope that is open already. */
  body(around: Around, depth: number): Statement[];
  /** A number that no other name of the program ends in. */
  unique(): number;
}

export function aroundOf(callees: readonly string[], generators: readonly string[]): Around {
  return {
    place: { canAwait: true, callees: [...callees] },
    generators: [...generators],
    canYield: false,
    loops: 0,
    labels: [],
    canBreak: false,
    canContinue: false,
    canReturn: true,
    isInTry: false,
    isInCatch: false,
    givesUp: false,
    takesTurns: false,
  };
}

export function inLoop(around: Around): Around {
  return { ...around, loops: around.loops + 1, canBreak: true, canContinue: true };
}

/** In a loop over an iterator, which is closed when it is left. */
export function inClosedLoop(around: Around): Around {
  return givingUp(inLoop(around));
}

export function givingUp(around: Around): Around {
  return { ...around, isInTry: around.isInTry || around.isInCatch, givesUp: true };
}
