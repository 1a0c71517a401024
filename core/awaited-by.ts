/**
 * Async stacks, in development: who awaits what threw. An engine's own stack ends at the executor; the static frames
 * know the rest, since each says where it goes on.
 *
 *   Error: no answer
 *       at read (sensor.ts:12:11)             the engine's, of the function that threw
 *       at ...                                the executor
 *       awaited by sample (main.ts:30)        frames above it: its caller, the select that it is an arm of
 *       awaited by task "sampler"
 */
import type { Frame, Strand } from "./scheduler.js";

/** What compiled code says of a function. */
export interface Told {
  readonly name_: string;
  readonly file_: string;
  /** What it waits for at each resume point, with the line at its end: `read(pin) :12`. */
  readonly waits_: readonly string[];
}

/** Takes a frame: what it is of, if that is known, and where it goes on. */
export type Teller = (told: (() => Told) | undefined, pc: number) => void;

interface Noted {
  stack?: unknown;
  awaitedBy?: readonly string[];
}

/** Notes on `error`, thrown in the innermost frame of `strand`, who awaits it: `error.awaitedBy`. */
export function noteAwaiters(strand: Strand, error: unknown): void {
  if (typeof error !== "object" || error === null) return;
  try {
    note(strand, error);
  } catch (problem) {
    // What was thrown cannot be looked at: it says less, and is thrown all the same.
  }
}

function note(strand: Strand, error: Noted): void {
  // It went on from here before: the first place is the one that counts.
  if (!Object.isExtensible(error) || error.awaitedBy !== undefined) return;
  const awaiters: string[] = [];
  // Who threw is in the engine's own stack.
  let isThrower = true;
  const note: Teller = (told, pc) => {
    if (!isThrower && told !== undefined) awaiters.push(placeOf(told(), pc));
    isThrower = false;
  };
  for (let each = strand; ; each = each.parent_) {
    noteFrames(each.frame_, note);
    isThrower = false;
    if (each.parent_ !== null) continue;
    awaiters.push('task "' + each.pool_!.kind_.name + '"');
    break;
  }
  Object.defineProperty(error, "awaitedBy", { value: awaiters, configurable: true });
}

function noteFrames(innermost: Frame | null, note: Teller): void {
  for (let frame = innermost; frame !== null; frame = frame.up_) {
    if (frame.eachInner_ === undefined) note(frame.told_, frame.pc_);
    else frame.eachInner_(frame, note);
  }
}

function placeOf(told: Told, pc: number): string {
  const line = /:(\d+)$/.exec(told.waits_[pc] || "");
  return told.name_ + " (" + told.file_ + (line === null ? "" : ":" + line[1]) + ")";
}

/** Adds to the stack of `error`, which ended a task, what was noted of it. */
export function tellAwaiters(error: unknown): void {
  if (typeof error !== "object" || error === null) return;
  try {
    tell(error);
  } catch (problem) {
    // As above.
  }
}

function tell(noted: Noted): void {
  if (noted.awaitedBy === undefined) return;
  if (typeof noted.stack !== "string" || noted.stack.indexOf("\n    awaited by ") >= 0) return;
  const stack = noted.stack + "\n    awaited by " + noted.awaitedBy.join("\n    awaited by ");
  Object.defineProperty(noted, "stack", { value: stack, configurable: true, writable: true });
}
