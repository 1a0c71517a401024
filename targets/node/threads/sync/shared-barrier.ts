import type { Future } from "../../../../core/index.js";
import { complete, irrevocable, type Op } from "../../../../core/op.js";
import { checked } from "../../../../core/sync/count.js";
import { LAST, MOST, arrive, countOf, goAway } from "../lock-free/rounds.js";
import { atMost } from "./limits.js";
import { WaitsForRound } from "./waits-for-round.js";

/**
 * A place where tasks of all threads wait for each other: when `parties` of them are there all go on, and the next round
 * begins. Of a module, where each thread makes it by the same line.
 *
 * Who has arrived has done so, also when it dies with its worker: the round goes on without it, and the next one lacks a party.
 *
 * Cost: a compare-and-set, and O(threads that wait) of the last; allocates nothing after construction.
 * Cancel: a dropped `wait` has not arrived: the others wait for one more. Once all were there nothing is taken back.
 */
export class SharedBarrier extends WaitsForRound {
  private readonly parties_: number;

  /** @throws E121 unless `parties` is a whole number of at least 1; E449 when it is too large */
  constructor(parties: number) {
    const most = atMost(
      MOST,
      checked(parties, "barrier", "number of parties"),
      "barrier",
      "number of parties",
    );
    super("barrier");
    this.parties_ = most;
  }

  /** Tasks that wait. @throws E446 where no threads share it */
  get waiting(): number {
    this.find_();
    return countOf(this.words_, this.at_);
  }

  /** Waits until all are there. True for one of them in each round, the leader. @throws E446 where no threads share it */
  wait(): Future<boolean> {
    this.find_();
    const op = this.begin_();
    const round = arrive(this.words_, this.at_, this.parties_);
    if (round !== LAST) this.waitFrom_(op, round);
    else {
      op.drop_ = irrevocable;
      complete(op, true);
      this.tellAll_();
    }
    return op as unknown as Future<boolean>;
  }

  /** @internal */ override drop_(op: Op): void {
    super.drop_(op);
    goAway(this.words_, this.at_, op.at_);
  }
}
