/**
 * Timers in device builds that take none back, in the place of core/timer-queue.ts: linked forward only, and
 * looked through from the first one on. Deadlines, hops and order are the queue's.
 */
import { ANY_DELAY } from "../features.js";
import { complete, type Op } from "../op.js";
import type { TimerQueue as Queue } from "../timer-queue.js";
import type { Instant } from "../types.js";

/** The longest span that one filing covers, in ticks. */
export const HOP = 0x40000000;

/** A function that gives an object costs half the bytes of a class. */
export const TimerQueue = function () {
  /** Its link leads to the first one. */
  const head = { next_: null } as Op;

  function start(op: Op, now: Instant, delay: number): void {
    const hop = ANY_DELAY ? (delay < HOP ? (delay > 1 ? Math.ceil(delay) : 1) : HOP) : delay;
    op.at_ = (now + hop) | 0;
    if (ANY_DELAY) op.rest_ = delay < HOP ? 0 : delay - hop;
    let before = head;
    while (before.next_ !== null && ((before.next_.at_ - op.at_) | 0) <= 0) before = before.next_;
    op.next_ = before.next_;
    before.next_ = op;
  }

  return {
    get isEmpty() {
      return head.next_ === null;
    },
    get deadline() {
      return head.next_!.at_ as Instant;
    },
    start,
    fire(now: Instant) {
      for (let op = head.next_; op !== null && ((op.at_ - now) | 0) <= 0; op = head.next_) {
        head.next_ = op.next_;
        if (ANY_DELAY && (op.rest_ as number) > 0) start(op, op.at_ as Instant, op.rest_ as number);
        else complete(op);
      }
    },
  };
} as unknown as typeof Queue;
