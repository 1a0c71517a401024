import { Semaphore } from "./semaphore.js";
import { remove } from "./wait-list.js";

/**
 * A {@link Semaphore} that leaves no permit idle that somebody wants: who wants few overtakes who waits for many. So one
 * that wants many may wait for ever, while others come and go.
 *
 * Cost: as {@link Semaphore}, but O(tasks that wait) of a release.
 */
export class GreedySemaphore extends Semaphore {
  protected override mayPass_(): boolean {
    return true;
  }

  /** @internal */ override offer_(): void {
    let op = this.waiters_.head_;
    while (op !== null) {
      if (op.at_ > this.free_) op = op.next_;
      else {
        remove(this.waiters_, op);
        this.give_(op);
        // From the start: a completion may drop other waiters, the next one among them.
        op = this.waiters_.head_;
      }
    }
  }
}
