/** Files of a user of the package: programs, and a script that bundles with Rollup. */
export const TRIES = `
import { ms, retry, sleep, spawn, task } from "dormouse";
import type { Board, OutputPin } from "dormouse/hal";

const blink = task(async function blink(led: OutputPin) {
  const last = await retry(async (attempt) => {
    led.toggle();
    if (attempt < 3) throw new Error("again");
    return attempt;
  }, { first: ms(100), factor: 1 });
  await sleep(ms(last));
});

export default function main(board: Board): void {
  spawn(blink, board.output("LED1"));
}
`;

export const ROLLUP = `
import { rollup } from "rollup";
import dormouse from "dormouse/rollup";

const [, , input, file] = process.argv;
try {
  const bundle = await rollup({ input: [input], plugins: [dormouse()] });
  await bundle.write({ file, sourcemap: true });
} catch ({ code, pluginCode, message, loc, frame, stack }) {
  console.log(JSON.stringify({ code, pluginCode, message, loc, frame, stack }));
}
`;

/** Runs a job and a shared task. */
export const POOLED = `
import { isMainThread } from "node:worker_threads";
import { task, yieldNow } from "dormouse";
import { threads } from "dormouse/node";

export const add = task(async function add(a: number, b: number) {
  await yieldNow();
  return a + b;
}, { shared: true });

async function run(): Promise<void> {
  const pool = threads({ workers: 1 });
  console.log(await pool.run((a: number, b: number) => a * b, [6, 7]), await pool.spawn(add, 1, 2).result);
  await pool.close();
}

if (isMainThread) void run();
`;

/** Its own module waits for a shared task, which chooses among texts, and another runs beside. */
export const WAITS_AT_TOP = `
import { ms, sleep, spawn, task } from "dormouse";
import { run, threads } from "dormouse/node";

const seesaw = task(async (turns: number) => {
  let side: "left" | "right" = "left";
  for (let i = 0; i < turns; i++) {
    await sleep(ms(1));
    side = side === "left" ? "right" : "left";
  }
  return side === "right";
}, { pool: 2, shared: true });

run(() => void spawn(seesaw, 1));
const pool = threads({ flavor: "currentThread" });
console.log(await pool.spawn(seesaw, 3).result);
await pool.close();
`;
