/** One stream of random parts over random items, which ends in a random way; what came out, and what was left. */
import {
  Channel,
  cancel,
  filter,
  map,
  merge,
  ms,
  sleep,
  spawn,
  take,
  task,
  window,
  yieldNow,
} from "dormouse";

export interface Script {
  readonly shape: "plain" | "early" | "late" | "windows" | "taken" | "merged" | "mixed" | "generated";
  readonly left: readonly number[];
  readonly right: readonly number[];
  readonly capacity: number;
  readonly count: number;
  readonly size: number;
  readonly step: number;
  /** The function throws at this item. */
  readonly bad: number;
  /** The loop is left after so many items, by a break. */
  readonly most: number;
  /** The task is cancelled so many milliseconds after the start. */
  readonly cancelAt: number;
  /** Each sender pauses before these items. */
  readonly pauses: readonly number[];
}

export interface Outcome {
  readonly given: (number | readonly number[])[];
  readonly left: number[];
  readonly right: number[];
  end: string;
}

declare const script: Script;
declare let outcome: Outcome;

const grow = (x: number): number => {
  if (x === script.bad) throw new RangeError("bad");
  return 10 * x;
};
const isEven = (x: number): boolean => x % 2 === 0;
const isMultiple = (x: number): boolean => x % 3 !== 0;

const send = task(
  async function send(items: readonly number[], to: Channel<number>) {
    for (const item of items) {
      if (script.pauses.includes(item)) await sleep(ms(2));
      if (!(await to.send(item))) return;
    }
    to.close();
  },
  { pool: 2 },
);

async function* drawn(from: Channel<number>): AsyncGenerator<number> {
  try {
    yield* from;
  } finally {
    await yieldNow();
    outcome.end += "closed ";
  }
}

/** Whether the loop goes on. */
function give(item: number | readonly number[]): boolean {
  outcome.given.push(typeof item === "number" ? item : item.slice());
  return outcome.given.length < script.most;
}

async function goOver(a: Channel<number>, b: Channel<number>): Promise<void> {
  const { shape, count, size, step } = script;
  if (shape === "plain") for await (const x of filter(map(a, grow), isMultiple)) if (!give(x)) break;
  if (shape === "early") for await (const x of map(filter(take(a, count), isEven), grow)) if (!give(x)) break;
  if (shape === "late") for await (const x of take(map(filter(a, isEven), grow), count)) if (!give(x)) break;
  if (shape === "windows") for await (const x of window(map(a, grow), size, step)) if (!give(x)) break;
  if (shape === "taken")
    for await (const x of take(window(filter(a, isEven), size), count)) if (!give(x)) break;
  if (shape === "merged") for await (const x of merge(a, b)) if (!give(x)) break;
  if (shape === "mixed")
    for await (const x of window(merge(map(take(a, count), grow), filter(b, isEven)), size, step))
      if (!give(x)) break;
  if (shape === "generated")
    for await (const x of take(map(filter(drawn(a), isEven), grow), count)) if (!give(x)) break;
}

const consume = task(async function consume(a: Channel<number>, b: Channel<number>) {
  outcome.end = "";
  try {
    await goOver(a, b);
    outcome.end += "over";
  } catch (error) {
    outcome.end += (error as Error).message;
  } finally {
    if (!/over|bad/.test(outcome.end)) outcome.end += "cancelled";
  }
});

/** What nobody took. */
const rest = task(async function rest(a: Channel<number>, b: Channel<number>) {
  const id = spawn(consume, a, b);
  await sleep(ms(script.cancelAt));
  cancel(id);
  await sleep(ms(5));
  for await (const x of a) outcome.left.push(x);
  for await (const x of b) outcome.right.push(x);
});

export default function main(): void {
  outcome = { given: [], left: [], right: [], end: "" };
  const [a, b] = [new Channel<number>(script.capacity), new Channel<number>(script.capacity)];
  spawn(send, script.left, a);
  spawn(send, script.right, b);
  spawn(rest, a, b);
}
