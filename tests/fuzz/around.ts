/** What a random statement knows of where it stands, and what all programs have. */
import type { Place } from "./expressions.js";
import { VALUES } from "./values.js";

/** Functions that programs call. `@` stands for the number of the program. */
export const PRELUDE = `${VALUES}
const channel@ = new Channel<number>(8);
function echo@(x: number): Future<number> { channel@.trySend(x); return channel@.receive() as Future<number>; }
async function value@(x) { await yieldNow(); return x; }
async function box@(x) { await sleep(ms(2)); return new Box(x); }
async function getter@() { await yieldNow(); return self; }
const kept@ = [], spare@ = [1, 2], spareObject@ = { x: 1, y: 2 };`;

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
  readonly isInTry: boolean;
}
