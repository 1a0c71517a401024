/**
 * Wait lists: operations in the order they came, linked through themselves.
 *
 *   head_ -> op <-> op <-> op <- tail_          any of them can leave in O(1) when it is dropped
 *
 * Where operations leave from the head only, the links back are left out.
 */
import { DIRECT, UNLINKS } from "../features.js";
import { complete, type Op } from "../op.js";

/** A first-in-first-out list of pending operations. */
export interface WaitList {
  head_: Op | null;
  tail_: Op | null;
}

/** Makes an empty list. */
export function makeWaitList(): WaitList {
  return { head_: null, tail_: null };
}

/** Puts `op` last. It must be in no list. */
export function append(list: WaitList, op: Op): void {
  const last = list.tail_;
  if (UNLINKS) op.prev_ = last;
  op.next_ = null;
  if (last === null) list.head_ = op;
  else last.next_ = op;
  list.tail_ = op;
}

/** Puts `op` before the first one that `isAfter` says comes after it, looking from the last. Needs the links back. */
export function insert(list: WaitList, op: Op, isAfter: (waiting: Op, op: Op) => boolean): void {
  let before = list.tail_;
  while (before !== null && isAfter(before, op)) before = before.prev_;
  if (before === list.tail_) {
    append(list, op);
    return;
  }
  const next = before === null ? list.head_! : before.next_!;
  op.prev_ = before;
  op.next_ = next;
  next.prev_ = op;
  if (before === null) list.head_ = op;
  else before.next_ = op;
}

/** Takes `op`, which must be in `list`, out of it. */
export function remove(list: WaitList, op: Op): void {
  if (op.prev_ === null) list.head_ = op.next_;
  else op.prev_.next_ = op.next_;
  if (op.next_ === null) list.tail_ = op.prev_;
  else op.next_.prev_ = op.prev_;
  op.next_ = op.prev_ = null;
}

/** Takes the oldest operation out, or gives null. */
export function shift(list: WaitList): Op | null {
  const op = list.head_;
  if (op === null) return op;
  // By `remove` it takes fewer bytes, and more time.
  if (UNLINKS && !DIRECT) remove(list, op);
  else {
    const next = op.next_;
    list.head_ = next;
    if (next === null) list.tail_ = null;
    else if (UNLINKS) next.prev_ = null;
  }
  return op;
}

/** Completes all operations with `value`, oldest first. */
export function completeAll(list: WaitList, value: unknown): void {
  // Taken from the head each time: a completion may drop others that are in the list.
  for (let op = shift(list); op !== null; op = shift(list)) complete(op, value);
}
