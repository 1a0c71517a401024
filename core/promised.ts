/**
 * Awaits of promises, by tasks: the one await that allocates. Programs without one have nothing of this.
 *
 *   await promise ---> settled   the operation is done, or failed: the task takes the value, or what it throws
 *                 \--> dropped   nobody is there when it settles: the wait has let go of its operation
 */
import { DROPS } from "./features.js";
import type { Group } from "./flow/group.js";
import { begin } from "./leaf.js";
import { complete, completeWithError, type Op } from "./op.js";
import type { Future } from "./types.js";

/** What an engine has, or core/promises in its place; ES5's library does not know the word. */
declare const Promise: { resolve(value: unknown): { then(done: Callback, failed: Callback): unknown } };

type Callback = (value: unknown) => void;

/** One await. The operation serves many of them, so a promise that settles late must find out that its time is over. */
interface Wait {
  op_: Op | null;
}

/**
 * Waits until `value`, a promise or what is like one, is settled.
 *
 * Cost: O(1); allocates a promise, two closures and a record.
 * Cancel: the promise goes on, and wakes nobody.
 */
export function promised(value: unknown): Future<unknown> {
  const promise = Promise.resolve(value);
  const wait: Wait = { op_: null };
  const op = (wait.op_ = begin(wait, DROPS && letGo, null));
  void promise.then(
    (result) => {
      if (!DROPS || wait.op_ !== null) complete(op, result);
    },
    (error) => {
      if (!DROPS || wait.op_ !== null) completeWithError(op, error);
    },
  );
  return op as unknown as Future<unknown>;
}

/** The same as arm `i` of `group`: its operation is for this alone, and not for what made `value`. */
export function promisedIn(group: Pick<Group, "enlist_">, i: number, value: unknown): void {
  group.enlist_(i);
  void promised(value);
}

function letGo(op: Op): void {
  (op.source_ as Wait).op_ = null;
}
