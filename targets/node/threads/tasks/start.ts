/** What a worker that runs shared tasks starts with, in `workerData`. */
import { workerData, type MessagePort } from "node:worker_threads";
import type { Observing } from "./observer.js";
import type { Flavor } from "./queues.js";

export interface TaskStart {
  readonly table: SharedArrayBuffer;
  readonly memory: ArrayBufferLike;
  readonly workers: number;
  readonly me: number;
  readonly flavor: Flavor;
  readonly slots: number;
  readonly port: MessagePort;
  readonly observing: Observing;
  /** By which workers send each other what words cannot say; null for one that is alone. */
  readonly channel: string | null;
  /** By number (shared-array.ts). */
  readonly arrays: readonly SharedArrayBuffer[];
}

/** As it stands in `workerData`, where others have theirs. */
export interface TaskData {
  readonly dormouseTasks: TaskStart;
}

/** That of this thread; null unless it only runs tasks that another one has spawned. */
export function taskStart(): TaskStart | null {
  const data: unknown = workerData;
  if (typeof data !== "object" || data === null || !("dormouseTasks" in data)) return null;
  return (data as TaskData).dormouseTasks;
}

export function isTaskWorker(): boolean {
  return taskStart() !== null;
}
