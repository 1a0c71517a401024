import {
  Debounce,
  Interval,
  Throttle,
  TIMED_OUT,
  WallClock,
  after,
  between,
  cancel,
  deadline,
  ms,
  now,
  select,
  sleep,
  sleepUntil,
  spawn,
  task,
  timeout,
  type Missed,
} from "dormouse";
import type { Board, Console } from "dormouse/hal";

/** A loop that is late once, by two and a half periods. */
const beats = task(
  async function beats(name: string, missed: Missed, out: Console) {
    const start = now();
    const interval = new Interval(ms(10), missed);
    for (let i = 0; i < 6; i++) {
      const late = await interval.tick();
      out.write(`${name} ${between(start, now())} missed ${late}`);
      if (i === 1) await sleep(ms(25));
    }
    interval.reset();
    await interval.tick();
    out.write(`${name} again at ${between(start, now())}`);
  },
  { pool: 3 },
);

/** Ticks that lose a race are given to the next call. */
const lost = task(async function lost(out: Console) {
  const start = now();
  const interval = new Interval(ms(20));
  for (let i = 0; i < 4; i++) {
    const first = await select({ tick: interval.tick(), early: sleep(ms(15)) });
    out.write(`lost: ${first.arm} at ${between(start, now())}`);
  }
});

const until = task(async function until(out: Console) {
  let at = now();
  const start = at;
  for (let i = 0; i < 3; i++) {
    at = after(at, ms(20));
    await sleep(ms(i * 11));
    await sleepUntil(at);
    out.write(`until ${between(start, now())}`);
  }
  await sleepUntil(start);
  out.write(`past ${between(start, now())}`);
  const late = await deadline(sleep(ms(50)), after(at, ms(7)));
  out.write(`deadline ${late === TIMED_OUT} ${between(start, now())}`);
  const over = await deadline(sleep(ms(50)), start);
  out.write(`over ${over === TIMED_OUT} ${between(start, now())}`);
  const met = await deadline(answer(), after(now(), ms(50)));
  out.write(`met ${met === TIMED_OUT ? "no" : met} ${between(start, now())}`);
});

async function answer(): Promise<number> {
  await sleep(ms(5));
  return 42;
}

const limit = new Throttle(ms(30));
const turns = task(
  async function turns(name: string, out: Console) {
    for (let i = 0; i < 3; i++) {
      await limit.turn();
      out.write(`turn of ${name}`);
    }
  },
  { pool: 2 },
);
const impatient = task(async function impatient(out: Console) {
  const turn = await timeout(limit.turn(), ms(10));
  out.write(`impatient ${turn === TIMED_OUT}`);
});

const level = new Debounce<number>(ms(20));
const settles = task(async function settles(out: Console) {
  for (let i = 0; i < 3; i++) out.write(`settled ${await level.settled()}`);
});
const bounces = task(async function bounces() {
  for (const delay of [0, 5, 5, 40, 5, 90]) {
    if (delay > 0) await sleep(ms(delay));
    level.set(delay);
  }
});

const wall = new WallClock();
const alarms = task(
  async function alarms(name: string, at: number, out: Console) {
    await wall.until(at);
    out.write(`alarm ${name} at ${wall.now()}`);
  },
  { pool: 4 },
);
const steps = task(async function steps(out: Console) {
  const off = spawn(alarms, "off", 7_060, out);
  await sleep(ms(20));
  wall.set(7_010);
  await sleep(ms(10));
  cancel(off);
  wall.set(7_005);
  await sleep(ms(100));
  out.write(`steps end at ${wall.now()}`);
});

export default function main(board: Board): void {
  const out = board.console;
  spawn(beats, "burst", "burst", out);
  spawn(beats, "skip", "skip", out);
  spawn(beats, "delay", "delay", out);
  spawn(lost, out);
  spawn(until, out);
  spawn(turns, "a", out);
  spawn(turns, "b", out);
  spawn(impatient, out);
  spawn(settles, out);
  spawn(bounces);
  wall.set(7_000);
  spawn(alarms, "first", 7_040, out);
  spawn(alarms, "second", 7_040, out);
  spawn(alarms, "passed", 7_008, out);
  spawn(steps, out);
}
