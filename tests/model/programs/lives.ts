/** One life of a task, as a row of the matrix in lives.test.ts says; `life` comes from the test. */
import {
  BUSY,
  Channel,
  Signal,
  cancel,
  detach,
  join,
  ms,
  select,
  settled,
  sleep,
  spawn,
  task,
  timeout,
  trySpawn,
  yieldNow,
  type Task,
} from "dormouse";
import type { Board, Console } from "dormouse/hal";

export interface Life {
  /** What the task waits for, twice. */
  readonly waits: string;
  /** Where it throws: "first", before any wait, "0", "1", after a wait, "cleanup", or nowhere. */
  readonly throws: string;
  /** When it is cancelled: "before" its first poll, "during" a wait, "after" its end, "cleanup", or not. */
  readonly cancelled: string;
  /** Who looks: "joined", "late", "detached", "settled", "twice", "nobody". */
  readonly joined: string;
  readonly isFull: boolean;
}

declare const life: Life;

let items: Channel<number>;
let word: Signal<number>;
let helper: Task;

const help = task(async function help() {
  await sleep(ms(3));
});

async function inner(out: Console): Promise<void> {
  try {
    await sleep(ms(3));
  } finally {
    out.write("inner is left");
  }
}

async function wait(out: Console): Promise<void> {
  if (life.waits === "sleep") await sleep(ms(3));
  if (life.waits === "yield") await yieldNow();
  if (life.waits === "receive") await items.receive();
  if (life.waits === "send") await items.send(1);
  if (life.waits === "signal") await word.wait();
  if (life.waits === "join") await join(helper);
  if (life.waits === "timeout") await timeout(items.receive(), ms(3));
  if (life.waits === "select") await select({ item: items.receive(), call: inner(out), word: word.wait() });
  if (life.waits === "call") await inner(out);
}

const subject = task(async function subject(out: Console) {
  try {
    if (life.throws === "first") throw new Error("first");
    for (let i = 0; i < 2; i++) {
      await wait(out);
      out.write(`waited ${i}`);
      if (life.throws === String(i)) throw new Error(life.throws);
    }
    return "result";
  } finally {
    await yieldNow();
    await sleep(ms(1));
    out.write("cleaned up");
    if (life.throws === "cleanup") throw new Error("cleanup");
  }
});

const joiner = task(
  async function joiner(name: string, other: Task<string>, out: Console) {
    try {
      out.write(`${name}: ${life.joined === "settled" ? await settled(other) : await join(other)}`);
    } catch (error) {
      out.write(`${name} threw ${String(error).split(":").slice(0, 2).join(":")}`);
    }
  },
  { pool: 3 },
);

/** Gives the subject what it waits for. */
const feeder = task(async function feeder() {
  for (let i = 0; i < 4; i++) {
    await sleep(ms(4));
    if (life.waits === "send") await timeout(items.receive(), ms(1));
    else if (life.waits !== "timeout") items.trySend(i);
    word.set(i);
  }
});

const boss = task(async function boss(out: Console) {
  helper = spawn(help);
  spawn(feeder);
  if (life.waits === "send") items.trySend(0);
  const task = spawn(subject, out);
  if (life.isFull) {
    if (trySpawn(subject, out) === BUSY) out.write("busy");
    try {
      spawn(subject, out);
    } catch (error) {
      out.write(String(error).slice(0, 21));
    }
  }
  if (life.cancelled === "before") cancel(task);
  if (life.joined === "detached") detach(task);
  if (life.joined === "twice") spawn(joiner, "other", task, out);
  if (life.joined !== "late" && life.joined !== "nobody") spawn(joiner, "joiner", task, out);
  await sleep(ms(2));
  if (life.cancelled === "during") cancel(task);
  if (life.cancelled === "cleanup") {
    cancel(task);
    await yieldNow();
    cancel(task);
  }
  await sleep(ms(40));
  if (life.cancelled === "after") cancel(task);
  if (life.joined === "late") spawn(joiner, "late", task, out);
  await sleep(ms(1));
  const again = trySpawn(subject, out);
  out.write(again === BUSY ? "still busy" : "free");
  if (again !== BUSY) cancel(again);
});

export default function main(board: Board): void {
  items = new Channel<number>(1);
  word = new Signal<number>();
  spawn(boss, board.console);
}
