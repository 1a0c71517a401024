/** A ticket office: one queue for all, and whichever clerk is free takes the next in it. */
import { ms, now, sleep, spawn, task } from "dormouse";
import type { Board } from "dormouse/hal";
import { currentWorker, sharedArray, threads, type SharedTask } from "dormouse/node";

const TICKETS = 12;
const CLERKS = 3;

/** Who began with each ticket, and when. */
const clerks = sharedArray(Int32Array, TICKETS);
const moments = sharedArray(Float64Array, TICKETS);

/** Serves a ticket: some work, and a wait, after which any clerk may go on with it. */
const serve = task(
  async function serve(ticket: number) {
    moments[ticket] = now();
    clerks[ticket] = currentWorker();
    let checks = 0;
    for (let i = 0; i < 2_000_000 * (1 + (ticket % 3)); i++) checks = (checks * 31 + i) | 0;
    await sleep(ms(2));
    return checks;
  },
  { pool: TICKETS, shared: true },
);

const office = task(async function office(board: Board) {
  const pool = threads({ workers: CLERKS, flavor: "globalQueue" });
  await pool.ready("tasks");
  const served: SharedTask<number>[] = [];
  for (let ticket = 0; ticket < TICKETS; ticket++) served.push(pool.spawn(serve, ticket));
  for (let ticket = 0; ticket < TICKETS; ticket++) {
    await served[ticket]!.result;
    const after = moments[ticket]! - moments[0]!;
    board.console.write(`ticket ${ticket + 1}: clerk ${clerks[ticket]} began after ${after} ms`);
  }
  await pool.close();
});

export default function main(board: Board): void {
  spawn(office, board);
}
