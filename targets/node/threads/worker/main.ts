/** A worker's whole program. */
import { workerData } from "node:worker_threads";
import type { WorkerStart } from "../protocol.js";
import { WorkerLoop } from "./loop.js";

const start = workerData as WorkerStart | null;
if (start !== null) void begin(start);

async function begin(given: WorkerStart): Promise<void> {
  const loop = new WorkerLoop(given);
  await loop.prepare(given.warmUp);
  loop.begin();
}
