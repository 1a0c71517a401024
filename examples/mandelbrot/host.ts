/** The Mandelbrot set by worker threads: a task for each row, and one picture in memory that all threads see. */
import { join, spawn, task, type Task } from "dormouse";
import type { Board } from "dormouse/hal";
import { sharedArray, threads } from "dormouse/node";

const WIDTH = 76;
const HEIGHT = 26;
const DEPTH = 20_000;
const SHADES = " .:-=+*#%@";

/** How many steps each point takes to leave. */
const steps = sharedArray(Uint16Array, WIDTH * HEIGHT);

function stepsAt(x0: number, y0: number): number {
  let x = 0;
  let y = 0;
  let count = 0;
  for (; count < DEPTH && x * x + y * y <= 4; count++) {
    const next = x * x - y * y + x0;
    y = 2 * x * y + y0;
    x = next;
  }
  return count;
}

/** Rows in the middle take a hundred times as long as those at the edge: workers that are done take from others. */
const row = task(
  async function row(y: number) {
    for (let x = 0; x < WIDTH; x++) {
      steps[y * WIDTH + x] = stepsAt((3.2 * x) / WIDTH - 2.3, (2.4 * y) / HEIGHT - 1.15);
    }
  },
  { pool: HEIGHT, shared: true },
);

/** Spawns all rows on the worker that it is on, and waits for them. */
const picture = task(
  async function picture() {
    let last: Task | undefined;
    for (let y = 0; y < HEIGHT; y++) last = spawn(after, y, last);
    if (last !== undefined) await join(last);
  },
  { shared: true },
);

/** A row, and then the one that was spawned before it. */
const after = task(
  async function after(y: number, before: Task | undefined) {
    await join(spawn(row, y));
    if (before !== undefined) await join(before);
  },
  { pool: HEIGHT, shared: true },
);

const paint = task(async function paint(board: Board) {
  const pool = threads({ workers: 2 });
  await pool.ready("tasks");
  await pool.spawn(picture).result;
  for (let y = 0; y < HEIGHT; y++) {
    let line = "";
    for (let x = 0; x < WIDTH; x++) line += shadeOf(steps[y * WIDTH + x] ?? 0);
    board.console.write(line);
  }
  const { each } = pool.stats("tasks");
  for (let i = 0; i < each.length; i++) {
    const { polls, stolen, busy } = each[i]!;
    board.console.write(
      `worker ${i}: ${polls} turns, ${stolen} tasks taken from others, ${Math.round(busy)} ms`,
    );
  }
  await pool.close();
});

function shadeOf(count: number): string {
  if (count === DEPTH) return SHADES.charAt(SHADES.length - 1);
  return SHADES.charAt(Math.min(Math.floor(Math.log(count + 1) * 1.6), SHADES.length - 2));
}

export default function main(board: Board): void {
  spawn(paint, board);
}
