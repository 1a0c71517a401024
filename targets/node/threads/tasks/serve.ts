/** A worker thread that runs the shared tasks of its program: the program's own module, loaded once more. */
import { declaredSlots } from "../../../../core/kinds.js";
import { makeSharedMemory } from "../../../../core/shared/memory.js";
import { describe, type Failure } from "../failures.js";
import type { Parcel } from "../parcel.js";
import { coded } from "../../tool-errors.js";
import { openBroadcast } from "./broadcast.js";
import { TaskLoop, ThreadPlatform } from "./loop.js";
import { shareHere } from "./look.js";
import { observerOf } from "./observer.js";
import { Outcomes, postEnd, type End } from "./outcomes.js";
import { SharedExecutor } from "./shared-executor.js";
import { taskStart, type TaskStart } from "./start.js";
import { makeTable } from "./table.js";

/** To the main thread. */
export type TaskMessage =
  | { readonly type: "ready" }
  | { readonly type: "failed"; readonly failure: Failure }
  | (Omit<End, "value"> & { readonly type: "ended"; readonly isAwaited: boolean } & Parcel);

/** How long the program may take to declare its tasks, in turns of the event loop. */
const TURNS = 1000;

let loop: TaskLoop | null = null;

/** Begins when the program has declared its tasks: called once, when this library is loaded. */
export function serveSoon(): void {
  const start = taskStart();
  if (start === null) return;
  const { port } = start;
  let turns = 0;
  const wait = (): void => {
    if (declaredSlots() >= start.slots) serve(start);
    else if (++turns < TURNS) setImmediate(wait);
    else {
      const text = `declares ${declaredSlots()} tasks on a worker, and ${start.slots} on the main thread. Declare all at the top of modules`;
      port.postMessage({ type: "failed", failure: describe(coded("E401", "program", text)) });
    }
  };
  setImmediate(wait);
}

function serve({ table: buffer, memory, workers, me, flavor, port, observing, channel }: TaskStart): void {
  const table = makeTable(workers, observing.trace, buffer);
  const platform = new ThreadPlatform(table);
  const options = { memory: makeSharedMemory(memory), onFault: () => undefined };
  const ended = ({ value, ...about }: End, watchers: number): void => {
    // Of errors the main thread tells, if nobody else wants to know.
    if (!about.isThrown && (watchers & (1 << workers)) === 0) return;
    const isAwaited = watchers !== 0;
    postEnd({ value, ...about }, (parcel) => {
      port.postMessage({ type: "ended", ...about, isAwaited, ...parcel } satisfies TaskMessage);
    });
  };
  const observer = observerOf(table, me, observing);
  const outcomes = new Outcomes(channel === null ? null : (receive) => openBroadcast(channel, receive));
  const executor = new SharedExecutor(platform, options, table, me, flavor, { ended }, observer, outcomes);
  shareHere(table, me, executor);
  loop = new TaskLoop(executor, platform, { blocks: true, runs: true, ended: (slot) => executor.told(slot) });
  // This keeps the thread alive.
  port.on("message", () => undefined);
  port.postMessage({ type: "ready" });
  loop.turnSoon();
}
