/** A worker's whole program. */
import { workerData } from "node:worker_threads";
import type { WorkerStart } from "../protocol.js";
import { WorkerLoop } from "./loop.js";

const start = workerData as WorkerStart | null;
if (start !== null) {
  const loop = new WorkerLoop(start);
  await loop.prepare(start.warmUp);
  loop.begin();
}
