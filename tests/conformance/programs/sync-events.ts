/** Events and watches: waits that are cancelled, timed out and lost, before and after they were let through. */
import {
  AutoResetEvent,
  cancel,
  Event,
  ms,
  select,
  sleep,
  spawn,
  task,
  timeout,
  TIMED_OUT,
  Watch,
} from "dormouse";
import type { Board, Console } from "dormouse/hal";

let out: Console;
const gate = new Event();
const door = new AutoResetEvent();
const level = new Watch(10);

const guest = task(
  async function guest(name: string) {
    try {
      await gate.wait();
      await door.wait();
      out.write(`${name} through`);
    } finally {
      out.write(`${name} is done`);
    }
  },
  { pool: 3 },
);

const reader = task(
  async function reader(name: string, pause: number) {
    let seen = level.version;
    for (;;) {
      const next = await timeout(level.changed(seen), ms(15));
      if (next === TIMED_OUT) break;
      seen = next;
      out.write(`${name}: ${level.value}`);
      await sleep(ms(pause));
    }
    out.write(`${name}: no news`);
  },
  { pool: 2 },
);

const boss = task(async function boss() {
  const first = spawn(guest, "first");
  spawn(guest, "second");
  const third = spawn(guest, "third");
  await sleep(ms(5));
  gate.set();
  await gate.wait();
  gate.reset();
  const closed = await timeout(gate.wait(), ms(5));
  out.write(`${closed === TIMED_OUT} ${gate.isSet}`);
  door.set();
  // It was let through, and does not run: the next one is.
  cancel(first);
  await sleep(ms(5));
  cancel(third);
  await sleep(ms(5));
  out.write(`${door.isSet}`);
  door.set();
  const next = await select({ door: door.wait(), gate: gate.wait() });
  out.write(`${next.arm} ${door.isSet}`);
  gate.set();
  door.set();
  const both = await select({ gate: gate.wait(), door: door.wait() });
  out.write(`${both.arm} ${gate.isSet} ${door.isSet}`);
  const named = door.wait();
  const lost = await select({ named, door: door.wait() });
  out.write(lost.arm);
  door.set();
  await named;

  spawn(reader, "quick", 1);
  spawn(reader, "slow", 12);
  for (let i = 0; i < 5; i++) {
    await sleep(ms(5));
    level.set(level.value + 1);
  }
});

export default function main(board: Board): void {
  out = board.console;
  spawn(boss);
}
