import { DEV } from "../dev.js";
import { fail } from "../errors.js";
import { DROPS } from "../features.js";
import { begin } from "../leaf.js";
import { PENDING, complete, type Op } from "../op.js";
import { runningTask } from "../tasks/port.js";
import type { Future } from "../types.js";
import { failUnlocked, type Guard } from "./guard.js";
import { append, completeAll, makeWaitList, remove, shift, type WaitList } from "./wait-list.js";

/** What engines know resources by; ES5's library does not know the word. */
declare const Symbol: { readonly dispose: unique symbol };

/** The turn to make the value of a {@link OnceCell}: ended by `release`, or by `using`. */
export interface Turn<T> extends Guard {
  /** Gives the cell its value and wakes all who wait; false when it had one. */
  set(value: T): boolean;
}

/**
 * A value that is made once, by the first task that asks for it, while the others wait:
 *
 *   async function offset(): Promise<number> {
 *     using turn = await cell.init();
 *     if (turn) turn.set(await measure());
 *     return cell.get();
 *   }
 *
 * Layout: the turn is the cell itself, since one task has it at most. When a turn ends without a value, since making it
 * failed or was cancelled, the next task in line has its turn.
 *
 *   empty, busy_ false -> empty, busy_ true: owner_ makes the value, or a task was woken to -> set, for ever
 *         ^___________________________/                          turns_, readers_: empty from there on
 *
 * Cost: O(1) each, and O(tasks woken) of `set`; allocates nothing.
 * Interrupts: `set`, `get` and `isSet` may be used anywhere.
 * Cancel: a dropped wait leaves nothing behind; a turn that it was given already goes to the next in line.
 */
export class OnceCell<T> implements Turn<T> {
  private value_: T | undefined = undefined;
  private set_ = false;
  private busy_ = false;
  private owner_: unknown = undefined;
  /** @internal */ readonly turns_: WaitList = makeWaitList();
  /** @internal */ readonly readers_: WaitList = makeWaitList();

  /** Whether it has its value. */
  get isSet(): boolean {
    return this.set_;
  }

  /** The value. @throws E127 when it has none yet */
  get(): T {
    if (!this.set_) fail("E127", "once-cell", DEV && "has no value yet. Wait for it: await cell.wait()");
    return this.value_ as T;
  }

  /** Gives it its value, for ever; false when it has one already, which stays. */
  set(value: T): boolean {
    if (this.set_) return false;
    this.value_ = value;
    this.set_ = true;
    completeAll(this.turns_, false);
    completeAll(this.readers_, value);
    return true;
  }

  /** Waits for the value, whoever makes it. */
  wait(): Future<T> {
    const op = begin(this, DROPS && dropRead, null);
    if (this.set_) complete(op, this.value_);
    else append(this.readers_, op);
    return op as unknown as Future<T>;
  }

  /** Waits until it has a value, which is null here, or until it is up to this task to make it. */
  init(): Future<Turn<T> | null> {
    const op = begin(this, DROPS && dropTurn, claimTurn);
    if (this.set_) complete(op, false);
    else append(this.turns_, op);
    this.offer_();
    return op as unknown as Future<Turn<T> | null>;
  }

  /** Ends a turn. @throws E122 unless the task that runs has it */
  release(): void {
    if (!this.busy_ || this.owner_ !== runningTask()) failUnlocked("once-cell", this.busy_);
    this.pass_();
  }

  /** As {@link release}: what `using` does at the end of its scope. */
  [Symbol.dispose](): void {
    this.release();
  }

  /** What one that was woken finds. */
  /** @internal */ claim_(hasTurn: boolean): Turn<T> | null {
    if (!hasTurn) return null;
    this.owner_ = runningTask();
    if (!this.set_) return this;
    // Somebody set it without a turn.
    this.pass_();
    return null;
  }

  /** @internal */ pass_(): void {
    this.busy_ = false;
    this.owner_ = undefined;
    this.offer_();
  }

  private offer_(): void {
    const op = this.busy_ ? null : shift(this.turns_);
    if (op === null) return;
    this.busy_ = true;
    complete(op, true);
  }
}

function claimTurn(op: Op): unknown {
  return (op.source_ as OnceCell<unknown>).claim_(op.value_ as boolean);
}

function dropTurn(op: Op, state: number): void {
  const cell = op.source_ as OnceCell<unknown>;
  if (state === PENDING) remove(cell.turns_, op);
  else if (op.value_ === true) cell.pass_();
}

function dropRead(op: Op, state: number): void {
  if (state === PENDING) remove((op.source_ as OnceCell<unknown>).readers_, op);
}
