import { DIRECT, DROPS } from "../features.js";
import { begin } from "../leaf.js";
import { direct } from "../scheduler.js";
import { PENDING, complete, finish, type Op } from "../op.js";
import { runningTask } from "../tasks/port.js";
import type { Future } from "../types.js";
import { failUnlocked, type Guard } from "./guard.js";
import { append, makeWaitList, remove, shift, type WaitList } from "./wait-list.js";

/** What engines know resources by; ES5's library does not know the word. */
declare const Symbol: { readonly dispose: unique symbol };

/**
 * A lock that one task has at a time, over awaits too: `using guard = await mutex.lock()`. First come, first served.
 *
 * Layout: the guard is the mutex itself, since one task has it at most. A release hands over to the oldest that waits:
 *
 *   locked_ false -> no owner        locked_ true -> owner_: a task (all of its arms), or nobody yet:
 *                                                    a woken waiter has not run yet
 * Cost: O(1) each; allocates nothing.
 * Interrupts: `tryLock` may be called from anywhere, but who locks there must release before it ends.
 * Cancel: a dropped `lock` takes nothing; a lock that it was given already goes to the next in line. A task that is
 * cancelled while it has the lock releases it by `using` or `finally`.
 */
export class Mutex implements Guard {
  private locked_ = false;
  private owner_: unknown = undefined;
  /** @internal */ readonly waiters_: WaitList = makeWaitList();

  /** Whether a task has it. */
  get isLocked(): boolean {
    return this.locked_;
  }

  /** Waits for the lock. A task that has it already waits for itself. */
  lock(): Future<Guard> {
    if (DIRECT && !this.locked_) {
      const own = direct();
      if (own !== null) {
        this.locked_ = true;
        finish(own, this.own_());
        return own as unknown as Future<Guard>;
      }
    }
    const op = begin(this, DROPS && dropLock, claimLock);
    append(this.waiters_, op);
    if (!this.locked_) this.handOver_();
    return op as unknown as Future<Guard>;
  }

  /** Takes the lock if it is free now, or gives null. */
  tryLock(): Guard | null {
    if (this.locked_) return null;
    this.locked_ = true;
    return this.own_();
  }

  /** Ends what `lock` began. @throws E122 unless the task that runs has the lock */
  release(): void {
    if (!this.locked_ || this.owner_ !== runningTask()) failUnlocked("mutex", this.locked_);
    this.owner_ = undefined;
    this.handOver_();
  }

  /** As {@link release}: what `using` does at the end of its scope. */
  [Symbol.dispose](): void {
    this.release();
  }

  /** @internal */ own_(): Guard {
    this.owner_ = runningTask();
    return this;
  }

  /** The next in line is woken for the lock, which nobody has. */
  /** @internal */ handOver_(): void {
    const op = shift(this.waiters_);
    this.locked_ = op !== null;
    if (op !== null) complete(op);
  }
}

function claimLock(op: Op): unknown {
  return (op.source_ as Mutex).own_();
}

function dropLock(op: Op, state: number): void {
  const mutex = op.source_ as Mutex;
  if (state === PENDING) remove(mutex.waiters_, op);
  else mutex.handOver_();
}
