/** Tasks that may move between threads: all forms of what a frame in shared memory keeps. Each gives one number. */
import { TIMED_OUT, ms, recursive, select, sleep, task, timeout, yieldNow } from "dormouse";

enum Mode {
  Slow,
  Fast = 7,
}

const WEIGHTS = [1, -2, 4.5] as const;

async function pause(n: number, isShort: boolean, times = 2): Promise<boolean> {
  for (let i = 0; i < times; i++) {
    if (isShort) await yieldNow();
    else await sleep(ms(n));
  }
  return !isShort;
}

async function halved(n: number): Promise<number> {
  await yieldNow();
  return n / 2;
}

/** Many steps, two calls deep. */
export const collatz = task(
  async function collatz(from: number) {
    let steps = 0;
    let isShort = from % 2 === 0;
    for (let n = from; n !== 1; steps++) {
      n = n % 2 === 0 ? await halved(n) : n * 3 + 1;
      if (steps % 8 === 0) isShort = await pause(2, isShort, 1);
    }
    return steps + (isShort ? 0.25 : 0.75);
  },
  { pool: 10, shared: true },
);

/** Numbers that no whole word could hold. */
export const sums = task(
  async function sums(from: number) {
    let sum = -0;
    let largest = -Infinity;
    let nothing = NaN;
    for (let i = 0; i < 20; i++) {
      const before = sum;
      sum = before + WEIGHTS[i % 3]! * (await halved(2 ** (30 + from))) + 0.1;
      largest = Math.max(largest, sum);
      if (!Number.isNaN(nothing)) nothing = 0;
      await pause(from, i % 4 !== 0, 1);
    }
    return Number.isNaN(nothing) ? sum + largest : 0;
  },
  { pool: 10, shared: true },
);

async function failing(n: number): Promise<number> {
  try {
    await sleep(ms(1));
    if (n % 3 === 0) throw new RangeError(`no ${n}`);
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- a number can stay in the frame
    if (n % 3 === 1) throw n + 0.5;
    return n;
  } finally {
    await sleep(ms(2));
    await yieldNow();
  }
}

/** Errors that pass through cleanup which waits: objects stay with their thread meanwhile. */
export const cleanups = task(
  async function cleanups(from: number) {
    let caught = 0;
    for (let i = from; i < from + 9; i++) {
      try {
        caught += await failing(i);
      } catch (error) {
        caught += error instanceof RangeError ? error.message.length : (error as number);
      }
    }
    return caught;
  },
  { pool: 10, shared: true },
);

/** Runs until it is cancelled, and cleans up on whichever thread that is. */
export const endless = task(
  async function endless(from: number) {
    let mode = Mode.Slow;
    try {
      for (;;) {
        mode = mode === Mode.Slow ? Mode.Fast : Mode.Slow;
        await pause(mode === Mode.Slow ? 3 : 1, false, 1);
      }
    } finally {
      for (let i = 0; i < from; i++) await sleep(ms(1));
    }
  },
  { pool: 10, shared: true },
);

type Weather = "calm" | "windy" | "storm";

/** Some of what is no number alone: numbers that are missing, texts of a few, flags that nobody has set. */
async function gusts(from: number, weather: Weather, bonus?: number): Promise<number | undefined> {
  for (let left = from % 4; left > 0; left--) await sleep(ms(left));
  return weather === "storm" ? undefined : from + (bonus ?? 0.5);
}

/** Selects and timeouts: arms that sleep, that have a name, and that are calls with selects of their own. */
export const weathers = task(
  async function weathers(from: number, until?: number) {
    let [weather, best, isWindy]: [Weather, number | null, boolean | undefined] = ["calm", null, undefined];
    let text = 0;
    for (let i = from; i < (until ?? from + 12); i++) {
      const tick = sleep(ms(4));
      const { arm, value } = await select({ gust: gusts(i, weather, i % 3 ? undefined : 7), tick });
      await yieldNow();
      if (arm === "gust") best = Math.max(best ?? 0, value ?? -1);
      else weather = weather === "calm" ? "windy" : "storm";
      const next = await timeout(nested(i), ms(3));
      await tick;
      isWindy = next === TIMED_OUT ? undefined : weather === "windy";
      text +=
        arm.length + weather.length + String(isWindy).length + (next === TIMED_OUT ? 0.25 : next.length);
    }
    return text * 1000 + (best ?? 0.125);
  },
  { pool: 10, shared: true },
);

async function nested(i: number): Promise<"odd" | "even" | "late"> {
  const { arm } = await select({ odd: sleep(ms(2 + (i % 3))), inner: gusts(i, "calm"), late: sleep(ms(50)) });
  try {
    if (arm === "inner") return "even";
    await sleep(ms(1));
    return arm;
  } finally {
    await yieldNow();
  }
}

const power = recursive(
  async function power(base: number, exponent: number): Promise<number> {
    if (exponent === 0) return 1;
    await sleep(ms(exponent % 3));
    return base * (await power(base, exponent - 1));
  },
  { depth: 8 },
);

async function* halves(from: number) {
  const limit = sleep(ms(200));
  try {
    for (let n = from; n > 0.01; n /= 2) {
      await sleep(ms(1));
      yield n;
    }
    await limit;
  } finally {
    await sleep(ms(1));
  }
}

/** Levels of a function that awaits itself, one too few at times; generators, some of them left early. */
export const powers = task(
  async function powers(from: number) {
    let sum = 0;
    for await (const half of halves(from)) {
      await yieldNow();
      sum += half;
      if (half < from / 16) break;
    }
    try {
      sum += await power(1.5, from);
    } catch (error) {
      sum += (error as Error).message.length;
    }
    return sum;
  },
  { pool: 10, shared: true },
);

/** Waits in selects alone until it is cancelled; arms and the task itself clean up on whichever thread that is. */
export const idle = task(
  async function idle(from: number) {
    const tidy = async (pause: number): Promise<void> => {
      try {
        for (;;) await sleep(ms(pause));
      } finally {
        await sleep(ms(2));
      }
    };
    try {
      for (;;) await select({ first: tidy(3), second: tidy(1), last: sleep(ms(9)) });
    } finally {
      for (let i = 0; i < from; i++) await timeout(tidy(5), ms(2));
    }
  },
  { pool: 10, shared: true },
);

/** The test starts them. */
export default function main(): void {}
