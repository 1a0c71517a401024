/** A worker's whole program. */
import { syncBuiltinESMExports } from "node:module";
import threadsOfNode from "node:worker_threads";
import type { WorkerStart } from "../protocol.js";
import { WorkerLoop } from "./loop.js";

const start = threadsOfNode.workerData as WorkerStart | null;
if (start !== null) void begin(start);

async function begin(given: WorkerStart): Promise<void> {
  // Jobs see what their author gave, by either way to import it.
  Object.assign(threadsOfNode, { workerData: given.data ?? null });
  syncBuiltinESMExports();
  const loop = new WorkerLoop(given);
  await loop.prepare(given.warmUp);
  loop.begin();
}
