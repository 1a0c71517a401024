/** Races that are arms of others, over frames: a strand of the arm owns the race, and its outermost frame settles it. */
import { GO_ON, SUSPENDED, type Frame, type Strand } from "../scheduler.js";
import type { Group } from "./group.js";

interface NestedFrame extends Frame {
  readonly group_: Group;
  readonly other_: unknown;
}

/** Makes the frame that runs `group`: it gives what `select` gives, or with `other`, what `timeout` does. */
export function makeNested(group_: Group, other_?: unknown): Frame {
  const frame: NestedFrame = { poll_: pollNested, up_: null, pc_: 0, handler_: 0, group_, other_ };
  return frame;
}

/** `frame`, to be run from its start. */
export function enterNested(frame: Frame): Frame {
  frame.pc_ = 0;
  return frame;
}

function pollNested(frame: Frame, strand: Strand): number {
  const { group_, other_ } = frame as NestedFrame;
  const isSettled = frame.pc_ === 0 ? group_.begin_() : group_.settle_();
  frame.pc_ = 1;
  if (!isSettled) return SUSPENDED;
  strand.frame_ = null;
  strand.value_ = other_ === undefined ? group_.pick_() : group_.pickFirst_(other_);
  return GO_ON;
}
