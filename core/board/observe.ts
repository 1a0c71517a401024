/** What happens to tasks, told to whoever observes: device builds, in the place of core/observe.ts. */
import type { TaskHooks } from "../observed-executor.js";
import type { Strand } from "./strand.js";

/** As GENERATION of the scheduler. */
const SLOTS = 32;

let hooks: TaskHooks = {};
/** The task whose poll was begun: one that throws goes on in another poll, and that is one to those who observe. */
let polled: Strand | null = null;

/** Tells `given` of all tasks from now on. */
export function observe(given: TaskHooks): void {
  hooks = given;
}

/** The slot of a task. */
export function slotOf(id: number): number {
  return id % SLOTS;
}

export function tellNew(strand: Strand): void {
  if (hooks.taskNew) hooks.taskNew(slotOf(strand.id_));
}

/** `strand` may be one of an arm. `ready`: the bits of all that are ready now. */
export function tellReady(strand: Strand, ready: number): void {
  if (!hooks.taskReady) return;
  while (strand.parent_) strand = strand.parent_;
  let queued = 0;
  for (let rest = ready; rest; rest &= rest - 1) queued++;
  hooks.taskReady(slotOf(strand.id_), queued);
}

export function tellBegin(strand: Strand): void {
  if (polled === strand) return;
  polled = strand;
  if (hooks.execBegin) hooks.execBegin(slotOf(strand.id_));
}

export function tellPolled(strand: Strand, ready: number): void {
  polled = null;
  if (hooks.execEnd) hooks.execEnd(slotOf(strand.id_), (ready & strand.bit_) !== 0);
}

export function tellEnd(strand: Strand): void {
  if (hooks.taskEnd) hooks.taskEnd(slotOf(strand.id_));
}

export function tellIdle(): void {
  if (hooks.executorIdle) hooks.executorIdle();
}
