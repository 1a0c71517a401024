/** What barriers, events and latches of all threads have in common: who waits goes on with the next round (lock-free/rounds.ts). */
import { begin } from "../../../../core/leaf.js";
import { PENDING, complete, type Op } from "../../../../core/op.js";
import { AT } from "../../../../core/shared/leaves.js";
import type { Region } from "../../../../core/shared/region.js";
import { append, makeWaitList, remove, type WaitList } from "../../../../core/sync/wait-list.js";
import { roundOf } from "../lock-free/rounds.js";
import { waitFor } from "../lock-free/waiting.js";
import type { TaskTable } from "../tasks/table.js";
import { Shared, dropShared } from "./shared.js";

/** The word of {@link roundOf}, and that of the threads that wait. */
const ROUND = 0;
const WAITING = 1;

export abstract class WaitsForRound extends Shared {
  /** Of this thread. */
  private readonly waiters_: WaitList = makeWaitList();

  /** Completes `op` with false when `round` has ended. */
  protected waitFrom_(op: Op, round: number): void {
    waitFor(this.words_, this.at_ + WAITING, this.me_);
    op.at_ = round;
    if (roundOf(this.words_, this.at_ + ROUND) === round) append(this.waiters_, op);
    else complete(op, false);
  }

  /** An operation of the running task, for `waitFrom_` or to be completed at once. */
  protected begin_(): Op {
    return begin(this, dropShared, null);
  }

  /** The round has ended: all go on. */
  protected tellAll_(): void {
    this.tell_(this.at_ + WAITING);
  }

  /** @internal */ size_(): number {
    return WAITING + 1;
  }

  /** @internal */ fill_({ words }: TaskTable, at: number): void {
    words[at + ROUND] = this.first_();
  }

  /** The count of the first round. */
  protected first_(): number {
    return 0;
  }

  protected serve_(): void {
    const { words_: words, at_: at, waiters_: waiters } = this;
    if (waiters.head_ === null) return;
    waitFor(words, at + WAITING, this.me_);
    const round = roundOf(words, at + ROUND);
    // A completion may drop others that are in the list.
    for (let op = this.oldOne_(round); op !== null; op = this.oldOne_(round)) {
      remove(waiters, op);
      complete(op, false);
    }
  }

  /** One that waits for the end of another round than `round`. They come and go together, but for tasks that move. */
  private oldOne_(round: number): Op | null {
    let op = this.waiters_.head_;
    while (op !== null && op.at_ === round) op = op.next_;
    return op;
  }

  /** @internal */ drop_(op: Op): void {
    remove(this.waiters_, op);
  }

  protected write_(op: Op, region: Region, at: number): number {
    region.words_[at + AT] = op.at_;
    return 0;
  }

  /** @internal */ left_(op: Op): void {
    if (op.state_ === PENDING) remove(this.waiters_, op);
  }

  protected read_(op: Op, region: Region, at: number): void {
    op.at_ = region.words_[at + AT]!;
    append(this.waiters_, op);
    this.lookSoon_();
  }

  /** @internal */ bury_(): void {
    // Nothing belongs to anybody.
  }
}
