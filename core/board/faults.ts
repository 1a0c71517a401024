/** Tasks that throw, in device builds: as {@link Executor.fault_} of the library. */
import { FAULTS, POLICIES } from "../features.js";
import { FaultLog } from "../tasks/fault-log.js";
import { clockOf, onFault } from "./platform.js";
import type { Strand } from "./strand.js";

/** All faults. */
export const log = FAULTS ? new FaultLog() : null!;

/** Whether a fault has stopped all tasks. */
export let isHalted = false;

/** A task threw; somebody got that, or it is reported. */
export function fault(strand: Strand, isHeard: unknown): void {
  const { name_: name, value_: error } = strand;
  if (POLICIES && strand.policy_ === "halt") isHalted = true;
  if (FAULTS) log.note_(name, error, clockOf());
  if (isHeard) return;
  if (!FAULTS || !log.hook_) {
    onFault(name, error);
    return;
  }
  try {
    log.hook_(name, error, strand.id_ as never);
  } catch (problem) {
    onFault(name, problem);
  }
}

/** Tells of a fault that would have ended the task of `strand`. */
export function report(strand: Strand): void {
  fault(strand, false);
}
