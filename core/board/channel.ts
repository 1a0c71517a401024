/**
 * Channels in device builds that give up no future, in the place of core/sync/channel.ts, and telling the same: who
 * waits leaves from the head of its line only, and nobody gives back what was promised. It allocates as little, and a
 * function that gives an object costs half the bytes of a class.
 *
 * Layout: the ring of the other one, over counts that only grow; where they lie in it is their rest by `capacity`.
 *
 *        received  - spare    sent
 *            |  told   |        |
 *   [ . . .  a    b    c    d   . . . ]        a receiver waits only while `spare`, items that nobody was told of, is 0
 */
import { DROPS, SHOWS_CLOSED } from "../features.js";
import { complete, type Op } from "../op.js";
import type { Channel as Shared } from "../sync/channel.js";
import { start } from "./leaf.js";

/** What `receive` gives once a channel is closed and empty. */
export const CLOSED = SHOWS_CLOSED ? { toString: () => "CLOSED" } : {};

/** Those who wait, behind what is no operation. They are few: to look for the last one takes less than to keep it. */
type Line = Pick<Op, "next_">;

function append(line: Line, op: Op): void {
  op.next_ = null;
  while (line.next_) line = line.next_;
  line.next_ = op;
}

function shift(line: Line): Op | null {
  const op = line.next_;
  if (op) line.next_ = op.next_;
  return op;
}

// eslint-disable-next-line max-lines-per-function -- it stands for a class
export const Channel = function <T>(capacity: number) {
  const items = new Array<T | undefined>(capacity);
  const receivers: Line = { next_: null };
  const senders: Line = { next_: null };
  let sent = 0;
  let received = 0;
  let spare = 0;
  let isClosed = false;

  function put(value: T): true {
    items[sent++ % capacity] = value;
    const receiver = shift(receivers);
    if (receiver) complete(receiver);
    else spare++;
    return true;
  }

  function claim(): T {
    const at = received++ % capacity;
    const value = items[at] as T;
    items[at] = undefined;
    const sender = shift(senders);
    if (sender) {
      put(sender.value_ as T);
      complete(sender, true);
    }
    endReceivers();
    return value;
  }

  function endReceivers(): void {
    if (isClosed && received === sent) endAll(receivers, CLOSED);
  }

  function endAll(line: Line, value: unknown): void {
    for (let op = shift(line); op; op = shift(line)) {
      op.claim_ = null;
      complete(op, value);
    }
  }

  return {
    get capacity() {
      return capacity;
    },
    get length() {
      return sent - received;
    },
    send(value: T) {
      const op = start(null);
      if (isClosed || sent - received < capacity) complete(op, !isClosed && put(value));
      else {
        op.value_ = value;
        append(senders, op);
      }
      return DROPS ? op : undefined;
    },
    trySend(value: T) {
      return !isClosed && sent - received < capacity && put(value);
    },
    receive() {
      const op = start(claim);
      if (spare) {
        spare--;
        complete(op);
      } else {
        append(receivers, op);
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
