/** What the main thread and a worker tell each other outside of shared memory. */
import type { MessagePort } from "node:worker_threads";
import type { Failure } from "./failures.js";
import type { Definition } from "./functions.js";

/** What a worker starts with. */
export interface WorkerStart {
  readonly buffer: SharedArrayBuffer;
  readonly workers: number;
  /** Its number, below `workers`. */
  readonly worker: number;
  readonly port: MessagePort;
  /** Jobs that it has under way at once: more than one while they wait. */
  readonly concurrency: number;
  readonly definitions: readonly Definition[];
  /** Whether it notes when jobs begin and end. */
  readonly measures: boolean;
  /** Ids of what it loads before it is ready. */
  readonly warmUp: readonly number[];
  /** What jobs find as `workerData`. */
  readonly data: unknown;
}

/** To a worker. */
export type Order =
  | { readonly type: "define"; readonly definition: Definition }
  | { readonly type: "arguments"; readonly slot: number; readonly args: readonly unknown[] }
  | { readonly type: "drop"; readonly slot: number }
  | { readonly type: "abort"; readonly slot: number; readonly reason: Failure }
  | { readonly type: "ping" };
