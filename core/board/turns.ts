/** What a watchdog asks of tasks, in device builds. */
import { HOLDS, RESERVES } from "../features.js";
import { finished, paused } from "./scheduler.js";
import { tasks } from "./tasks.js";
import type { Strand } from "./strand.js";

export function everyStrand(): readonly Strand[] {
  return tasks;
}

export function deadlineOf(strand: Strand): number {
  const { resume_: resume, deadline_: deadline } = strand;
  if (!resume || !deadline || (HOLDS && paused & strand.bit_)) return 0;
  // A slot that is reserved only looks as if it ran.
  return RESERVES && resume === finished && strand.cancel_ !== 2 ? 0 : deadline;
}
