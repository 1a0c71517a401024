import type { Future } from "../../../../core/index.js";
import { complete } from "../../../../core/op.js";
import { countOf, reset, roundOf, set } from "../lock-free/rounds.js";
import { WaitsForRound } from "./waits-for-round.js";

/**
 * A condition that is or is not, for the tasks of all threads: they wait until it is set, and all of them go on, also when it
 * is reset before they run. It stays set until `reset`. Of a module, where each thread makes it by the same line.
 *
 * Cost: a compare-and-set of `set`, and O(threads that wait); allocates nothing after construction.
 * Cancel: a dropped `wait` leaves nothing behind.
 */
export class SharedEvent extends WaitsForRound {
  constructor() {
    super("event");
  }

  /** Whether tasks that wait go on at once. @throws E446 where no threads share it */
  get isSet(): boolean {
    this.find_();
    return countOf(this.words_, this.at_) !== 0;
  }

  /** Wakes all who wait; until `reset`, nobody waits any more. @throws E446 where no threads share it */
  set(): void {
    this.find_();
    set(this.words_, this.at_);
    this.tellAll_();
  }

  /** Has tasks that come from now on wait. @throws E446 where no threads share it */
  reset(): void {
    this.find_();
    reset(this.words_, this.at_);
  }

  /** Waits until it is set; not at all if it is. @throws E446 where no threads share it */
  wait(): Future<void> {
    this.find_();
    const op = this.begin_();
    const round = roundOf(this.words_, this.at_);
    if (countOf(this.words_, this.at_) !== 0) complete(op);
    else this.waitFrom_(op, round);
    return op as unknown as Future<void>;
  }
}
