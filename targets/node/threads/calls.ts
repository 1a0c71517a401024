/**
 * Jobs that code on a worker asks for: the main thread runs them as it runs its own, and answers. Both ways go through
 * the messages of the worker itself, beside what else it tells.
 */
import type { Worker } from "node:worker_threads";
import { describe, reasonOf, revive, type Failure } from "./failures.js";
import type { Draft, RunDraft } from "./functions.js";
import type { JobOptions } from "./types.js";
import { coded } from "../tool-errors.js";

/** From a worker: a job that it wants, or no longer. */
export type Call =
  | {
      readonly id: number;
      readonly fn: Draft;
      readonly args: readonly unknown[];
      readonly options: Omit<JobOptions, "signal">;
    }
  | { readonly id: number; readonly abort: Failure };

/** To a worker: how a job ended. */
export type Reply = { readonly id: number } & ({ readonly value: unknown } | { readonly failure: Failure });

/** Other messages may be the program's own. */
export interface CallMessage {
  readonly dormouseCall: Call;
}

export interface ReplyMessage {
  readonly dormouseReply: Reply;
}

/** Serves the calls of one worker. Those that it has under way are aborted when it is no more. */
export function serveCalls(thread: Worker, run: RunDraft): void {
  const underWay = new Map<number, AbortController>();
  thread.on("message", (message: Partial<CallMessage> | null) => {
    const call = message?.dormouseCall;
    if (call === undefined) return;
    if ("abort" in call) underWay.get(call.id)?.abort(revive(call.abort));
    else void answer(thread, call.id, runCall(call, underWay, run));
  });
  thread.on("exit", () => {
    for (const each of underWay.values()) each.abort();
  });
}

async function runCall(
  { id, fn, args, options }: Extract<Call, { fn: Draft }>,
  underWay: Map<number, AbortController>,
  run: RunDraft,
): Promise<unknown> {
  const controller = new AbortController();
  underWay.set(id, controller);
  try {
    return await run(fn, args, { ...options, signal: controller.signal });
  } finally {
    underWay.delete(id);
  }
}

async function answer(thread: Worker, id: number, result: Promise<unknown>): Promise<void> {
  const tell = (reply: Reply): void => {
    thread.postMessage({ dormouseReply: reply } satisfies ReplyMessage);
  };
  try {
    tell({ id, value: await result });
  } catch (error) {
    tell({ id, failure: describe(error) });
  }
}

/** The error of a call whose arguments cannot go to the main thread. */
export function callError(name: string, error: unknown): Error {
  const text = `its arguments cannot be sent from a worker: ${reasonOf(error)}. Give plain data`;
  return Object.assign(coded("E425", name, text), { cause: error });
}
