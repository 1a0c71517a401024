/**
 * Waiting for the end of tasks. The result of a task lies in its slot until a later task of its kind takes that slot,
 * which is the one that is free for longest.
 */
import { DEV } from "../dev.js";
import { fail } from "../errors.js";
import { DROPS, GROUPS } from "../features.js";
import { begin } from "../leaf.js";
import { PENDING, complete, type Op } from "../op.js";
import type { Strand } from "../scheduler.js";
import { append, remove } from "../sync/wait-list.js";
import { cancel, nameOf, strandOf } from "../task.js";
import type { Task } from "../arena.js";
import type { Future } from "../types.js";
import { asOutcome, bondOf, tell, type Outcome } from "./bonds.js";
import { isOver, nameOfStrand, ownTask } from "./port.js";

/**
 * Waits for the end of a task and gives what it returned: `const sum = await join(spawn(add, 1, 2))`.
 *
 * It throws what the task threw. Any number of tasks may join one, and again; who joins it before it ends gets the
 * result in any case, later on it is there until the slot is used again.
 * Cost: O(1); a record when the slot is joined first, nothing from then on.
 * Cancel: a dropped join leaves the task alone.
 * @throws E130 when its slot was used again, E132 when a task joins itself, E133 when it was cancelled, E134 when it is
 *   on another thread, E138 when it was detached
 */
export function join<R>(task: Task<R>): Future<R> {
  const strand = strandOf(task);
  if (strand === null) return gone(task);
  if (strand.bond_ && strand.bond_.isDetached_) {
    fail("E138", nameOfStrand(strand), DEV && "is detached, and keeps no result. Join it, or detach it");
  }
  return waitFor(strand, null) as Future<R>;
}

/**
 * Waits for the end of a task and tells how it ended; it throws nothing of the task: `cancel(task); await settled(task)`.
 *
 * What the task threw is reported as if nobody waited. Cost and cancel: as {@link join}.
 * @throws E132 when a task waits for itself, E134 when it is on another thread
 */
export function settled(task: Task): Future<Outcome> {
  return waitForEnd(task, false);
}

/**
 * Cancels a task and waits until its cleanup is over; tells how it ended. A task that is over already stays as it was.
 *
 * Cost: as {@link join}. Cancel: a dropped stop does not take the cancel back.
 * @throws E132 when a task stops itself, E134 when it is on another thread
 */
export function stop(task: Task): Future<Outcome> {
  return waitForEnd(task, true);
}

/**
 * Tells that nobody will join a task: its result is let go of when it ends, and no longer kept in its slot. It leaves its
 * group, which does not wait for it any more. A stale one is left alone.
 */
export function detach(task: Task): void {
  const strand = strandOf(task);
  if (strand === null) return;
  const bond = bondOf(strand);
  bond.isDetached_ = true;
  if (GROUPS && bond.circle_ !== null) bond.circle_.leave_(bond);
  if (isOver(strand)) strand.value_ = undefined;
}

function waitForEnd(task: Task, cancels: boolean): Future<Outcome> {
  const strand = strandOf(task);
  if (strand === null) {
    const op = begin(null, false, null);
    complete(op, "gone");
    return op as unknown as Future<Outcome>;
  }
  if (cancels && strand !== ownTask()) cancel(task);
  return waitFor(strand, asOutcome) as Future<Outcome>;
}

function waitFor(strand: Strand, as: Op["claim_"]): Future<unknown> {
  if (strand === ownTask()) {
    fail(
      "E132",
      nameOfStrand(strand),
      DEV && "waits for its own end, which never comes. Let another task wait",
    );
  }
  const op = begin(strand, DROPS && leave, as);
  op.claim_ = as;
  if (isOver(strand)) tell(op, strand);
  else append(bondOf(strand).joiners_, op);
  return op as unknown as Future<unknown>;
}

function leave(op: Op, state: number): void {
  if (state === PENDING) remove(bondOf(op.source_ as Strand).joiners_, op);
}

function gone(task: Task): never {
  const text =
    "task " + task + " is over, and a later one has its slot. Join it earlier, or make the pool larger";
  return fail("E130", nameOf(task), DEV && text);
}
