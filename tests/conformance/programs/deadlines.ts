/** Kinds that say how often their tasks have a turn: who is late is told once, and nothing is fed meanwhile. */
import { Signal, Watchdog, cancel, ms, pause, resume, sleep, spawn, task } from "dormouse";
import type { Board, Console } from "dormouse/hal";

let out: Console;
let fed = 0;

const poke = new Signal<number>();

const steady = task(
  async function steady(period: number, rounds: number) {
    for (let i = 0; i < rounds; i++) await sleep(ms(period));
  },
  { pool: 2, deadline: ms(30) },
);

/** Hangs: nobody pokes it after a while. */
const waiter = task(
  async function waiter() {
    for (;;) out.write(`poked ${await poke.wait()}`);
  },
  { deadline: ms(25), name: "pump" },
);

const free = task(async function free() {
  await sleep(ms(170));
});

const guard = task(async function guard(dog: Watchdog) {
  const [, slow] = [spawn(steady, 10, 6), spawn(steady, 20, 8)];
  const pump = spawn(waiter);
  spawn(free);
  for (let i = 0; i < 22; i++) {
    if (i < 5) poke.set(i);
    if (i === 12) poke.set(i);
    if (i === 14) pause(slow);
    if (i === 18) resume(slow);
    if (i === 19) cancel(pump);
    if (i === 20) spawn(steady, 100, 1);
    const holds = dog.check();
    out.write(`${i} ${holds} ${fed} ${dog.missed}`);
    await sleep(ms(10));
  }
});

export default function main(board: Board): void {
  out = board.console;
  const dog = new Watchdog(
    () => {
      fed++;
    },
    (name) => {
      out.write(`${name} is late`);
    },
  );
  spawn(guard, dog);
}
