import { Watchdog, ms, sleep, spawn, task } from "dormouse";
import type { Board, Console } from "dormouse/hal";

let fed = 0;

const sensor = task(async function sensor(dog: Watchdog, out: Console) {
  const round = dog.watch("sensor", ms(20));
  for (let i = 0; i < 8; i++) {
    await sleep(ms(i === 3 ? 50 : 10));
    round.met();
    out.write(`round ${i}`);
  }
  dog.unwatch(round);
});

const guard = task(async function guard(dog: Watchdog, out: Console) {
  const own = dog.watch("guard", ms(60));
  for (let i = 0; i < 9; i++) {
    own.met();
    out.write(`${dog.check() ? "holds" : "late"} ${fed}`);
    await sleep(ms(17));
  }
});

export default function main(board: Board): void {
  const out = board.console;
  const dog = new Watchdog(
    () => {
      fed++;
    },
    (name) => {
      out.write(`${name} is late`);
    },
  );
  spawn(sensor, dog, out);
  spawn(guard, dog, out);
}
