/** Sixty-four tasks, each of which awaits one job after the other. */
import { spawn, task, type Future } from "dormouse";

/** How many jobs, on what, and whom to tell that they are done: the bench supplies it. */
declare const jobs: { readonly count: number; end(): void };
declare const pool: { call(fn: (n: number) => number, args: readonly [number]): Future<number> };

const CLIENTS = 64;

let sent = 0;
let running = 0;

function double(n: number): number {
  return n * 2;
}

const client = task(
  async function client() {
    while (sent < jobs.count) {
      const n = sent++;
      const doubled = await pool.call(double, [n]);
      if (doubled !== 2 * n) throw new Error(`${doubled} for ${n}`);
    }
    if (--running === 0) jobs.end();
  },
  { pool: CLIENTS },
);

export default function main(): void {
  sent = 0;
  running = CLIENTS;
  for (let i = 0; i < CLIENTS; i++) spawn(client);
}
