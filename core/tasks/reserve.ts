import { DEV } from "../dev.js";
import { fail } from "../errors.js";
import type { Task } from "../arena.js";
import type { TaskKind } from "../kinds.js";
import type { Strand } from "../scheduler.js";
import { claimStrand, giveBack, startClaimed } from "../task.js";
import { nameOfStrand } from "./port.js";

/** A slot that is kept for a task; see {@link reserve}. */
export class Reservation<A extends readonly unknown[], R> {
  private isSpent_ = false;

  /** @internal */
  constructor(
    private readonly strand_: Strand,
    private readonly kind_: TaskKind<A, R>,
  ) {}

  /** Starts the task in the slot. @throws E135 when the slot was started or released before */
  start(...args: A): Task<R, A> {
    return startClaimed(this.take_("start"), this.kind_, args);
  }

  /** Gives the slot back. @throws E135 when it was started or released before */
  release(): void {
    giveBack(this.take_("release"));
  }

  private take_(verb: string): Strand {
    if (this.isSpent_) {
      const what = verb + "() of a reservation that was started or released before";
      fail("E135", nameOfStrand(this.strand_), DEV && what + ". Reserve a slot for each task");
    }
    this.isSpent_ = true;
    return this.strand_;
  }
}

/**
 * Keeps a slot for a task that is started later: what a task needs can be set up when it is sure that it can run.
 *
 *   const place = reserve(upload);                 throws when the pool is full, before anything is opened
 *   place.start(await open("data"));               or place.release()
 *
 * Cost: O(1); allocates the reservation.
 * @throws E101 when all slots of the kind are in use, E202 when no executor runs, E452 when the kind is
 * shared by threads
 */
export function reserve<A extends readonly unknown[], R>(kind: TaskKind<A, R>): Reservation<A, R> {
  return new Reservation(claimStrand(kind), kind);
}
