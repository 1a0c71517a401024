/**
 * Channels on Espruino, in the place of core/sync/channel.ts in programs that give up no future. Their lists are the
 * engine's: to put something in and out takes one call and leaves no garbage.
 *
 * Who waits is told as in the other one: an item stays inside until the receiver that was told of it runs. A function
 * that gives an object costs half the bytes of a class.
 */
import { start } from "../../core/board/leaf.js";
import { DROPS, SHOWS_CLOSED } from "../../core/features.js";
import { complete, type Op } from "../../core/op.js";
import type { Channel as Shared } from "../../core/sync/channel.js";

/** See the other one. */
export const CLOSED = SHOWS_CLOSED ? { toString: () => "CLOSED" } : {};

// eslint-disable-next-line max-lines-per-function -- it stands for a class
export const Channel = function <T>(capacity: number) {
  const items: T[] = [];
  const receivers: Op[] = [];
  const senders: Op[] = [];
  /** Items that no receiver was told of: none while one waits. */
  let spare = 0;
  let isClosed = false;

  function put(value: T): true {
    items.push(value);
    const receiver = receivers.shift();
    if (receiver) complete(receiver);
    else spare++;
    return true;
  }

  function claim(): T {
    const value = items.shift() as T;
    const sender = senders.shift();
    if (sender) {
      put(sender.value_ as T);
      complete(sender, true);
    }
    endReceivers();
    return value;
  }

  function endReceivers(): void {
    if (isClosed && !items.length) endAll(receivers, CLOSED);
  }

  function endAll(ops: Op[], value: unknown): void {
    for (let op = ops.shift(); op; op = ops.shift()) {
      op.claim_ = null;
      complete(op, value);
    }
  }

  return {
    get capacity() {
      return capacity;
    },
    get length() {
      return items.length;
    },
    send(value: T) {
      const op = start(null);
      if (isClosed || items.length < capacity) complete(op, !isClosed && put(value));
      else {
        op.value_ = value;
        senders.push(op);
      }
      return DROPS ? op : undefined;
    },
    trySend(value: T) {
      return !isClosed && items.length < capacity && put(value);
    },
    receive() {
      const op = start(claim);
      if (spare) {
        spare--;
        complete(op);
      } else {
        receivers.push(op);
        endReceivers();
      }
      return DROPS ? op : undefined;
    },
    close() {
      isClosed = true;
      endAll(senders, false);
      endReceivers();
    },
  };
} as unknown as typeof Shared;
