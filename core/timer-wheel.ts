/**
 * Timers of hosts: pending operations by deadline, equal ones in the order made, at a cost that does not grow with
 * their number. Boards have engine timers of their own, or one sorted list (board/timer-list.ts), with the same promises.
 *
 * Clocks are int32 ticks that wrap: `a` is before `b` when `(a - b) | 0` is negative, which is right while they
 * lie within 2^31 of each other. Hence hops of at most {@link HOP}; a longer delay is filed again at each hop.
 *
 * Pending operations lie in eight wheels of 16 lists, by the highest digit, of four bits, in which their deadline
 * differs from the time up to which the wheels were turned:
 *
 *   wheel 0   16 lists of 1 tick each         a list is emptied when its time begins: those of wheel 0 are due,
 *   wheel 1   16 lists of 16 ticks            those of others go on to a finer wheel
 *   ...
 *   wheel 7   16 lists of 2^28 ticks          goes round where an int32 wraps
 *
 *      elapsed_  ...0010 1100 1010
 *      deadline  ...0010 1110 0011   ->   wheel 1, list 1110: known from the two alone
 *                        ^^^^
 *
 * A list is a ring through an operation that nobody waits for, whose `at_` is the list: what leaves it asks for nothing else.
 * A list begins before the wheel that is finer: in order of time, and of equal deadlines in the order made.
 * Cost: start, stop and next deadline O(1), firing O(1) for each timer and wheel. Allocates nothing once made.
 */
import { complete, makeOp, type Op } from "./op.js";
import type { Instant } from "./types.js";

/** ES2015's, which ES5's library does not know; every engine that runs this executor has it. */
declare const Math: { clz32(bits: number): number; ceil(x: number): number };

/** The longest span that one filing covers, in ticks. */
export const HOP = 0x40000000;

const BITS = 4;
const LISTS = 1 << BITS;
const LAST = LISTS - 1;
const WHEELS = 8;
const NONE = -1;

export class TimerWheel {
  /** By wheel: which of its lists hold something, as bits. */
  private readonly occupied_ = new Int32Array(WHEELS);
  /** By list: what comes first behind it, and last before it, are the timers; itself when there are none. */
  private readonly rings_: Op[] = [];
  /** The wheels were turned up to here; what lies in them is due later. */
  private elapsed_ = 0;
  private count_ = 0;

  constructor() {
    for (let list = 0; list < WHEELS * LISTS; list++) {
      const ring = makeOp(null as never);
      ring.at_ = list;
      ring.next_ = ring.prev_ = ring;
      this.rings_.push(ring);
    }
  }

  /** Whether no timer runs. */
  get isEmpty(): boolean {
    return this.count_ === 0;
  }

  /** When to wake up at the latest: the next deadline, or before it, where timers go on to a finer wheel. Only while not empty. */
  get deadline(): Instant {
    return this.startOf_(this.next_());
  }

  /** Files `op` to be completed `delay` ticks after `now`, one tick at least: time must pass, or others would starve. */
  start(op: Op, now: Instant, delay: number): void {
    const hop = delay < HOP ? (delay > 1 ? Math.ceil(delay) : 1) : HOP;
    if (this.count_ === 0) this.elapsed_ = now;
    const at = (now + hop) | 0;
    // What comes from another thread may be due.
    op.at_ = ((at - this.elapsed_) | 0) > 0 ? at : (this.elapsed_ + 1) | 0;
    op.rest_ = delay < HOP ? 0 : delay - hop;
    this.count_++;
    this.file_(op);
  }

  /** Takes `op`, which must be filed, out. */
  stop(op: Op): void {
    const before = op.prev_!;
    const after = op.next_!;
    before.next_ = after;
    after.prev_ = before;
    if (before === after) this.vacate_(after.at_);
    op.next_ = op.prev_ = null;
    this.count_--;
  }

  /** Whether `one` was filed before `other`, of the same deadline. Cost: O(timers in between). */
  isBefore(one: Op, other: Op): boolean {
    const ring = this.rings_[this.listOf_(other)]!;
    let each = other.prev_!;
    while (each !== ring && each !== one) each = each.prev_!;
    return each === one;
  }

  /** Completes every operation whose deadline is not after `now`. */
  fire(now: Instant): void {
    while (this.count_ > 0) {
      const list = this.next_();
      const start = this.startOf_(list);
      if (((start - now) | 0) > 0) break;
      this.elapsed_ = start;
      if (list < LISTS) this.complete_(list, start);
      else this.refine_(list);
    }
    if (((now - this.elapsed_) | 0) > 0) this.elapsed_ = now;
  }

  /** Completes what is due at `at`; what that starts may lie in the same list. */
  private complete_(list: number, at: Instant): void {
    const ring = this.rings_[list]!;
    for (let op = ring.next_!; op !== ring && op.at_ === at; op = ring.next_!) {
      this.stop(op);
      if ((op.rest_ as number) > 0) this.start(op, op.at_ as Instant, op.rest_ as number);
      else complete(op);
    }
  }

  /** Files what lies in `list`, whose time begins, in finer wheels. */
  private refine_(list: number): void {
    const ring = this.rings_[list]!;
    let op = ring.next_!;
    ring.next_ = ring.prev_ = ring;
    this.vacate_(list);
    while (op !== ring) {
      const next = op.next_!;
      this.file_(op);
      op = next;
    }
  }

  private file_(op: Op): void {
    const list = this.listOf_(op);
    const ring = this.rings_[list]!;
    const last = ring.prev_!;
    op.prev_ = last;
    op.next_ = ring;
    last.next_ = ring.prev_ = op;
    if (last === ring) this.occupied_[list >> BITS]! |= 1 << (list & LAST);
  }

  private vacate_(list: number): void {
    this.occupied_[list >> BITS]! &= ~(1 << (list & LAST));
  }

  /** Where `op` lies, or belongs. */
  private listOf_(op: Op): number {
    // Nothing but small integers all the way: others are allocated.
    const wheel = (31 - Math.clz32((op.at_ ^ this.elapsed_) | 1)) >> 2;
    return (wheel << BITS) | ((op.at_ >> (wheel * BITS)) & LAST);
  }

  /** The list whose time begins next, or {@link NONE}. */
  private next_(): number {
    for (let wheel = 0; wheel < WHEELS; wheel++) {
      const occupied = this.occupied_[wheel]!;
      if (occupied === 0) continue;
      const later = occupied & (-1 << ((this.elapsed_ >> (wheel * BITS)) & LAST));
      // The last wheel goes round.
      const bits = later === 0 ? occupied : later;
      return (wheel << BITS) | (31 ^ Math.clz32(bits & (0 - bits)));
    }
    return NONE;
  }

  /** The first instant of `list`: it has that digit, those of `elapsed_` before, and zeros behind. */
  private startOf_(list: number): Instant {
    const shift = (list >> BITS) * BITS;
    const before = shift + BITS < 32 ? (this.elapsed_ >> (shift + BITS)) << (shift + BITS) : 0;
    return (before | ((list & LAST) << shift)) as Instant;
  }
}
