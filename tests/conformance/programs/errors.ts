import { cancel, Channel, ms, sleep, spawn, task, type TaskId } from "dormouse";
import type { Board, Console } from "dormouse/hal";

const nothing = new Channel<string>(1);

/** What a person reads differs: device builds say code and subject alone. */
function codeOf(error: unknown): string {
  return String((error as { code?: string }).code);
}

/** Goes on, whatever happens to the others. */
const beat = task(async function beat(out: Console) {
  for (let i = 0; i < 5; i++) {
    out.write(`beat ${i}`);
    await sleep(ms(20));
  }
});

async function deep(): Promise<void> {
  await sleep(ms(5));
  throw new Error("deep down");
}

/** Ends by an error from a function that it awaits. */
const faulty = task(async function faulty() {
  await deep();
});

const waiter = task(
  async function waiter(out: Console, name: string) {
    try {
      await nothing.receive();
    } finally {
      out.write(`${name} ends`);
    }
  },
  { pool: 2 },
);

/** Fills the slots of a kind, and uses one again: the id of its first task is nobody's then. */
const full = task(async function full(out: Console) {
  const first = spawn(waiter, out, "first");
  spawn(waiter, out, "second");
  await sleep(ms(10));
  try {
    spawn(waiter, out, "third");
  } catch (error) {
    out.write(codeOf(error));
  }
  cancel(first);
  await sleep(ms(10));
  const again = spawn(waiter, out, "again");
  await sleep(ms(10));
  cancel(first);
  out.write(`the old id is ${first === again ? "the new one" : "nobody's"}`);
  await sleep(ms(10));
  cancel(again);
  cancel(first);
  cancel(0 as TaskId);
});

/** From JavaScript, or through a cast, a wrong name gets as far as this. */
const opener = task(async function opener(board: Board, out: Console) {
  await sleep(ms(50));
  for (const name of ["D99", "LED1", "LED1"]) {
    try {
      board.output(name as "LED1");
      out.write(`${name} is open`);
    } catch (error) {
      out.write(`${name}: ${codeOf(error)}`);
    }
  }
  board.output("D99" as "LED1");
});

export default function main(board: Board): void {
  const out = board.console;
  spawn(beat, out);
  spawn(faulty);
  spawn(full, out);
  spawn(opener, board, out);
}
