/** Jobs that code on this worker asks the main thread for (calls.ts). */
import { parentPort } from "node:worker_threads";
import { callError, type Call, type CallMessage, type ReplyMessage } from "../calls.js";
import { describe, revive } from "../failures.js";
import { draftOf } from "../functions.js";
import type { JobFunction, JobOptions } from "../types.js";

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

const pending = new Map<number, Pending>();
let isListening = false;
let count = 0;

/** Has the main thread run a job, on the threads that this worker is one of. */
export async function callMain(
  fn: JobFunction,
  args: readonly unknown[],
  { signal, ...options }: JobOptions,
): Promise<unknown> {
  signal?.throwIfAborted();
  const draft = draftOf(fn);
  const id = count++;
  listen();
  try {
    post({ id, fn: draft, args, options }, options.transfer);
  } catch (error) {
    throw callError(draft.name, error);
  }
  const abort = (): void => {
    post({ id, abort: describe(signal?.reason) });
  };
  signal?.addEventListener("abort", abort);
  try {
    return await new Promise((resolve, reject) => pending.set(id, { resolve, reject }));
  } finally {
    pending.delete(id);
    signal?.removeEventListener("abort", abort);
  }
}

function post(call: Call, transfer: readonly unknown[] = []): void {
  parentPort?.postMessage({ dormouseCall: call } satisfies CallMessage, transfer as never[]);
}

function listen(): void {
  if (isListening) return;
  isListening = true;
  parentPort?.on("message", (message: Partial<ReplyMessage> | null) => {
    const reply = message?.dormouseReply;
    if (reply === undefined) return;
    const asked = pending.get(reply.id);
    if ("failure" in reply) asked?.reject(revive(reply.failure));
    else asked?.resolve(reply.value);
  });
}
