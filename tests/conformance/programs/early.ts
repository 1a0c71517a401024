import { ms, sleep, spawn, task } from "dormouse";
import type { Board, Console } from "dormouse/hal";

/** Runs `act`, and tells what it gave, or that it came before a declaration. */
function tell(out: Console, act: () => unknown): void {
  try {
    out.write(String(act()));
  } catch (error) {
    out.write(error instanceof ReferenceError ? "too early" : String(error));
  }
}

/** Reads and writes of a variable that each round declares anew. */
const closures = task(async function closures(out: Console) {
  for (let i = 0; i < 2; i++) {
    const read = (): number => x + 1;
    const write = (): number => (x = 5);
    const add = (): number => (x += 2);
    const bump = (): number => x++;
    const all = [read, write, add, bump, () => typeof x];
    for (const each of all) tell(out, each);
    await sleep(ms(1));
    let x = 10;
    await sleep(ms(1));
    for (const each of all) tell(out, each);
    tell(out, read);
  }
});

/** Functions that are there before what they use: hoisted, async, and one that makes an object of a class. */
const functions = task(async function functions(out: Console) {
  function hoisted(): string {
    return y;
  }
  const inner = async (): Promise<string> => {
    await sleep(ms(1));
    return z;
  };
  const make = (): number => new Held(3).n;
  tell(out, hoisted);
  tell(out, make);
  try {
    out.write(await inner());
  } catch (error) {
    tell(out, () => {
      throw error;
    });
  }
  const y = "y";
  await sleep(ms(1));
  const z = await (async () => {
    await sleep(ms(1));
    return "z";
  })();
  class Held {
    constructor(readonly n: number) {}
  }
  tell(out, hoisted);
  tell(out, make);
  out.write(await inner());
});

/** A clause of a switch that is entered behind the declaration of another, and a pattern. */
const clauses = task(async function clauses(out: Console) {
  for (const which of [0, 1, 2]) {
    try {
      switch (which) {
        case 0:
          let text: string | undefined = "set";
          await sleep(ms(1));
          out.write(text);
          break;
        case 1:
          out.write(String(text));
          text = "again";
          break;
        default:
          text = "assigned";
          out.write(text);
      }
    } catch (error) {
      out.write(`${which} ${error instanceof ReferenceError ? "too early" : String(error)}`);
    }
  }
  const both = (): string => `${a}${b}`;
  tell(out, both);
  const { a, b = a } = await pair();
  tell(out, both);
});

async function pair(): Promise<{ a: number; b?: number }> {
  await sleep(ms(1));
  return { a: 1 };
}

export default function main(board: Board): void {
  spawn(closures, board.console);
  spawn(functions, board.console);
  spawn(clauses, board.console);
}
