/** Two tasks that let each other run; one tells again and again what memory is in use. */
import { spawn, task, yieldNow } from "dormouse";

/** Switches between two looks. */
declare const switches: number;

/** Espruino's: variables in use. */
declare const process: { memory(): { readonly usage: number } };

declare function print(text: string): void;

/** The first is there to warm up. */
const LOOKS = 3;

let isOver = false;

const watched = task(async function watched() {
  for (let look = 0; look < LOOKS; look++) {
    // The counter starts anew: a larger number may need another variable to hold it.
    for (let i = 0; i < switches; i += 2) await yieldNow();
    print("usage " + process.memory().usage);
  }
  print("end");
  isOver = true;
});

const other = task(async function other() {
  while (!isOver) await yieldNow();
});

export default function main(): void {
  spawn(watched);
  spawn(other);
}
