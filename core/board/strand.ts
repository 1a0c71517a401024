/** What device builds keep of one line of control. */
import { PENDING, type Op } from "../op.js";
import type { Bond } from "../tasks/bonds.js";
import type { FaultPolicy } from "../tasks/ends.js";
import type { Pool } from "./pool.js";

/**
 * A state of a task. It answers 1 when the task waits; another state to go on with at once; and nothing when it lets
 * others run and stays ready, which is what costs least.
 */
export type State = () => Step;
export type Step = State | 1 | undefined;

/** One line of control; see the library's scheduler. Its frame is what its state functions close over. */
export interface Strand extends Omit<Op, "strand_"> {
  resume_: State | null;
  handler_: State | null;
  how_: number;
  cancel_: number;
  ready_: boolean;
  waitsIn_: { disband_(): boolean } | null;
  readonly parent_: Strand | null;
  exit_: Op | null;
  /** The task's bit; a child has that of its task. */
  readonly bit_: number;
  name_: string;
  /** Makes the frame, and gives {@link enter_}. */
  readonly make_: (strand: Strand) => Strand["enter_"];
  /** Takes what to do at the end and the arguments, and gives the first state. */
  enter_: (...args: unknown[]) => State;
  id_: number;
  bond_: Bond | null;
  keepsArguments_: boolean;
  policy_: FaultPolicy | undefined;
  /** What its kind says of turns, and how many it had. */
  deadline_: number;
  polls_: number;
  /** The kind, and its next strand that is free. */
  pool_: Pool;
  nextFree_: Strand | null;
}

/** A strand whose fields come one by one. */
export type Making = { -readonly [K in keyof Strand]: Strand[K] };

/** Notes which arms of a task must be polled on the way down to `strand`. */
export function readyChildren(strand: Strand): void {
  for (let each = strand; each.parent_; each = each.parent_) each.ready_ = true;
}

/** Whether `strand` was woken for an arm that is gone. */
export function isPendingStill(strand: Strand): boolean {
  return strand.state_ === PENDING && strand.cancel_ !== 1;
}
