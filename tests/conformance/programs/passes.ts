/** What becomes of a pass in which a task throws: those after it have their turn, those before it the next one. */
import { ms, Signal, sleep, spawn, task } from "dormouse";
import type { Board, Console } from "dormouse/hal";

const first = task(async function first(call: Signal<string>, out: Console) {
  for (let i = 0; i < 3; i++) out.write(`first ${await call.wait()}`);
});

const caught = task(async function caught(out: Console) {
  for (let i = 0; i < 2; i++) {
    await sleep(ms(10));
    try {
      if (i === 0) throw new Error("caught");
      out.write("no throw");
    } catch (error) {
      out.write(String(error));
    }
  }
});

const uncaught = task(async function uncaught(call: Signal<string>) {
  await sleep(ms(10));
  call.set("by the one that throws");
  throw new Error("uncaught");
});

const last = task(async function last(call: Signal<string>, out: Console) {
  for (let i = 0; i < 2; i++) {
    await sleep(ms(10));
    out.write(`last ${i}`);
    call.set(`by the last, ${i}`);
  }
});

export default function main(board: Board): void {
  const call = new Signal<string>();
  spawn(first, call, board.console);
  spawn(caught, board.console);
  spawn(uncaught, call);
  spawn(last, call, board.console);
}
