import type { Future } from "../../../../core/index.js";
import { complete } from "../../../../core/op.js";
import { checked } from "../../../../core/sync/count.js";
import { coded } from "../../tool-errors.js";
import { MOST, countDown, countOf, roundOf } from "../lock-free/rounds.js";
import { atMost } from "./limits.js";
import { WaitsForRound } from "./waits-for-round.js";

/**
 * A count that goes down to zero, once, for the tasks of all threads: they wait until so many things have happened. Of a module,
 * where each thread makes it by the same line.
 *
 * Cost: a compare-and-set of `countDown`, and O(threads that wait) of the last; allocates nothing after construction.
 * Cancel: a dropped `wait` leaves nothing behind.
 */
export class SharedLatch extends WaitsForRound {
  private readonly total_: number;

  /** @throws E121 unless `count` is a whole number of at least 1; E449 when it is too large */
  constructor(count: number) {
    const most = atMost(MOST, checked(count, "latch", "count"), "latch", "count");
    super("latch");
    this.total_ = most;
  }

  protected override first_(): number {
    return this.total_;
  }

  /** Things that have not happened yet. @throws E446 where no threads share it */
  get count(): number {
    this.find_();
    return countOf(this.words_, this.at_);
  }

  /** Says that `by` things happened. @throws E125 when that is more than the count that is left; E446 where no threads share it */
  countDown(by = 1): void {
    this.find_();
    const isCount = by >= 0 && by % 1 === 0;
    const left = isCount ? countDown(this.words_, this.at_, by) : -1 - this.count;
    if (left < 0) throw coded("E125", "latch", `counted down by ${by}, and ${-1 - left} are left`);
    if (left === 0) this.tellAll_();
  }

  /** Waits until the count is zero; not at all if it is. @throws E446 where no threads share it */
  wait(): Future<void> {
    this.find_();
    const op = this.begin_();
    const round = roundOf(this.words_, this.at_);
    if (countOf(this.words_, this.at_) === 0) complete(op);
    else this.waitFrom_(op, round);
    return op as unknown as Future<void>;
  }
}
