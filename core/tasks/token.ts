import { DROPS } from "../features.js";
import { begin } from "../leaf.js";
import { PENDING, complete, type Op } from "../op.js";
import { running } from "../scheduler.js";
import { append, makeWaitList, remove, shift, type WaitList } from "../sync/wait-list.js";
import type { Future } from "../types.js";

/**
 * A cancel that tasks look for themselves: work that shares a token ends when it likes to, and all of it is told at once.
 *
 *   const token = new CancelToken();
 *   while (!token.isCancelled) await select({ item: items.receive(), end: token.cancelled() });
 *
 * A token may have children, which are cancelled with it and can be cancelled alone.
 * Layout: those who wait in a list; children linked through themselves.
 * Cost: O(1) each; `cancel` O(those who wait, and children). Allocates nothing after construction.
 * Interrupts: `cancel` may be called from anywhere.
 * Cancel: a dropped `cancelled` leaves the token as it is.
 */
export class CancelToken {
  /** @internal */ readonly waiters_: WaitList = makeWaitList();
  private isCancelled_ = false;
  private parent_: CancelToken | null = null;
  private first_: CancelToken | null = null;
  private next_: CancelToken | null = null;

  /** Whether it was cancelled, or one above it. */
  get isCancelled(): boolean {
    return this.isCancelled_;
  }

  /** Cancels it and its children, for good. */
  cancel(): void {
    this.isCancelled_ = true;
    for (let op = shift(this.waiters_); op !== null; op = shift(this.waiters_)) complete(op);
    const first = this.first_;
    this.first_ = null;
    for (let child = first; child !== null; child = child.next_) {
      child.parent_ = null;
      child.cancel();
    }
    this.release();
  }

  /** Waits until it is cancelled. */
  cancelled(): Future<void> {
    const op = begin(this, DROPS && dropCancelled, null);
    if (this.isCancelled_) complete(op);
    else append(this.waiters_, op);
    return op as unknown as Future<void>;
  }

  /** Makes a token that is cancelled with this one. {@link release} it when it is needed no more. */
  child(): CancelToken {
    const child = new CancelToken();
    if (this.isCancelled_) child.isCancelled_ = true;
    else {
      child.parent_ = this;
      child.next_ = this.first_;
      this.first_ = child;
    }
    return child;
  }

  /** Takes it from the token above, which would keep it else. Cost: O(children of that token). */
  release(): void {
    const parent = this.parent_;
    if (parent === null) return;
    let before: CancelToken | null = null;
    for (let each = parent.first_; each !== this && each !== null; each = each.next_) before = each;
    if (before === null) parent.first_ = this.next_;
    else before.next_ = this.next_;
    this.parent_ = null;
  }
}

function dropCancelled(op: Op, state: number): void {
  if (state === PENDING) remove((op.source_ as CancelToken).waiters_, op);
}

/**
 * Whether the task that runs was asked to end: in its cleanup, and between that and its next wait when it is cancelled while
 * it runs. In an arm that loses, too.
 *
 * Outside of tasks it is false.
 */
export function isCancelRequested(): boolean {
  let strand = running as typeof running | undefined;
  while (strand) {
    if (strand.cancel_) return true;
    strand = strand.parent_;
  }
  return false;
}
