/**
 * What is known of tasks that ended by a throw: the last ones in a ring, and who is told.
 *
 *   count_     11
 *   records_   8 9 10 3 4 5 6 7        the number of each fault; the newest is at (count_ - 1) % KEPT
 */
import type { Task } from "../arena.js";

/** Faults that are kept. */
export const KEPT = 8;

/** A task that ended by a throw; the record is used again after {@link KEPT} more. */
export interface Fault {
  /** The name of its kind. */
  task: string;
  /** The code of a runtime error, or else the name of the error; the type of what is no object. */
  code: string;
  /** Milliseconds of the board's clock, as a wrapping int32. */
  at: number;
}

/** Told of a task that ended by a throw that nobody joined. */
export type FaultHook = (task: string, error: unknown, id: Task) => void;

export class FaultLog {
  hook_: FaultHook | null = null;
  count_ = 0;
  readonly records_: Fault[] = [];

  constructor() {
    for (let i = 0; i < KEPT; i++) this.records_.push({ task: "", code: "", at: 0 });
  }

  note_(task: string, error: unknown, at: number): void {
    const record = this.records_[this.count_++ % KEPT]!;
    record.task = task;
    record.code = codeOf(error);
    record.at = at;
  }
}

/** Whatever is thrown, and whatever it does when it is looked at: a fault of the task is none of the executor. */
function codeOf(error: unknown): string {
  if (typeof error !== "object" || error === null) return error === null ? "null" : typeof error;
  try {
    return codeIn(error);
  } catch (problem) {
    return "object";
  }
}

function codeIn(error: object): string {
  const { code, name } = error as { code?: unknown; name?: unknown };
  if (typeof code === "string") return code;
  if (typeof name === "string") return name;
  // Espruino's errors have no name; their text begins with it. What was thrown need not be an error.
  const { toString: text } = error as { toString?: unknown };
  return typeof text === "function" ? String(text.call(error)).split(":")[0]! : "object";
}
