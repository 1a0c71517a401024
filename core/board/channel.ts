/**
 * Channels in device builds that give up no future, in the place of core/sync/channel.ts, and telling the same: who
 * waits leaves from the head of its list only, and nobody gives back what was promised. It allocates as little, and a
 * function that gives an object costs half the bytes of a class.
 *
 * Layout: the ring of the other one, over counts that only grow; where they lie in it is their rest by `capacity`.
 *
 *        received   promised    sent
 *            |  told   |          |
 *   [ . . .  a    b    c    d     . . . ]
 */
import { SHOWS_CLOSED } from "../features.js";
import { begin } from "../leaf.js";
import { complete } from "../op.js";
import type { Channel as Shared } from "../sync/channel.js";
import { append, makeWaitList, shift, type WaitList } from "../sync/wait-list.js";

/** What `receive` gives once a channel is closed and empty. */
export const CLOSED = SHOWS_CLOSED ? { toString: () => "CLOSED" } : {};

// eslint-disable-next-line max-lines-per-function -- it stands for a class
export const Channel = function <T>(capacity: number) {
  const items = new Array<T | undefined>(capacity);
  const receivers = makeWaitList();
  const senders = makeWaitList();
  let sent = 0;
  let promised = 0;
  let received = 0;
  let isClosed = false;

  function put(value: T): boolean {
    items[sent++ % capacity] = value;
    offer();
    return true;
  }

  /** Tells the receiver that waits longest of an item that nobody was told of. */
  function offer(): void {
    if (promised === sent) return;
    const op = shift(receivers);
    if (op === null) return;
    promised++;
    complete(op);
  }

  function claim(): T {
    const at = received++ % capacity;
    const value = items[at] as T;
    items[at] = undefined;
    const sender = shift(senders);
    if (sender !== null) {
      put(sender.value_ as T);
      complete(sender, true);
    }
    endReceivers();
    return value;
  }

  function endReceivers(): void {
    if (isClosed && received === sent) endAll(receivers, CLOSED);
  }

  function endAll(list: WaitList, value: unknown): void {
    for (let op = shift(list); op !== null; op = shift(list)) {
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
      const op = begin(null, false, null);
      if (isClosed || sent - received < capacity) complete(op, !isClosed && put(value));
      else {
        op.value_ = value;
        append(senders, op);
      }
      return op;
    },
    trySend(value: T) {
      return !isClosed && sent - received < capacity && put(value);
    },
    receive() {
      const op = begin(null, false, claim);
      append(receivers, op);
      offer();
      endReceivers();
      return op;
    },
    close() {
      isClosed = true;
      endAll(senders, false);
      endReceivers();
    },
  };
} as unknown as typeof Shared;
