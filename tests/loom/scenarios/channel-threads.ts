/** What threads do in the scenarios of channel.ts. Each step is a call of its own, so that what a thread saw before is forgotten. */
import {
  MADE_ROOM,
  NONE,
  RECEIVERS,
  SENDERS,
  VALUE,
  arrive,
  cellAt,
  claimToFill,
  claimToTake,
  discard,
  free,
  giveBack,
  isClosed,
  leave,
  publish,
  type Cells,
} from "../../../targets/node/threads/lock-free/channel.js";
import { waitFor, whoWaits } from "../../../targets/node/threads/lock-free/waiting.js";

/** Of what no thread does that plays. */
export const OUTSIDE = 30;

/** Items of sender s are s * MOST + 1 and what follows. */
export const MOST = 4;

/** Ghost words: how often each item came, what came last of each sender, what was not done yet, what found no room. */
const LAST = 16;
export const LEFT = 24;
export const REFUSED = 25;

export interface Actor {
  readonly cells: Cells;
  readonly me: number;
  /** The first of the words that tell threads to look, and on which they sleep. */
  readonly told: number;
  /** Whether it goes on where it finds nothing, instead of waiting. */
  readonly tries: boolean;
}

/** The task that carries an item, by its receiver. */
export const taskOf = (me: number): number => 100 + me;

export function tell({ cells, told }: Actor, at: number): void {
  for (let who = 0, left = whoWaits(cells.words, cells.at + at); left !== 0; who++, left >>>= 1) {
    if ((left & 1) !== 0) wake(cells.words, told + who);
  }
}

export function wake(words: Int32Array, told: number): void {
  Atomics.store(words, told, 1);
  Atomics.notify(words, told, 1);
}

/** What is next: a step, and the cell that the thread has. */
type Next = readonly [step: number, cell?: number];
type Step = (cell: number, over: number) => Next;

const TRY = 0;
const WAIT = 1;
const TRY_AGAIN = 2;
const SLEEP = 3;
const HAS = 4;
const TELL = 5;
const ARRIVE = 6;
const TELL_RECEIVERS = 7;
/** One thing is done. */
const DONE = 8;
/** There is no more to do. */
const END = 9;

/** A thread that does `count` things by `steps`. `local` is: things that are done, what is next, and the cell. */
function threadOf(count: number, steps: readonly Step[]) {
  return (local: number[]): boolean => {
    const [over = 0, step = TRY, cell = 0] = local;
    if (over === count) return true;
    const [next, after = 0] = steps[step]!(cell, over);
    if (next === END) return true;
    local[0] = next === DONE ? over + 1 : over;
    local[1] = next === DONE ? TRY : next;
    local[2] = after;
    return local[0] === count;
  };
}

/** The steps of one that waits by the word `bits` for `claim` to give a cell, or something else that `found` sees to. */
function waitingSteps(
  actor: Actor,
  bits: number,
  claim: () => number,
  found: (cell: number, over: number) => Next,
) {
  const { cells, me, told, tries } = actor;
  const look =
    (onNone: number): Step =>
    (_, over) => {
      const cell = claim();
      return cell === NONE && !tries ? [onNone] : found(cell, over);
    };
  const wait: Step = () => {
    waitFor(cells.words, cells.at + bits, me);
    return [TRY_AGAIN];
  };
  const sleep: Step = () => {
    Atomics.wait(cells.words, told + me, 0);
    Atomics.store(cells.words, told + me, 0);
    loom.saw(bits === SENDERS ? "a sender slept" : "a receiver slept");
    return [TRY];
  };
  return [look(WAIT), wait, look(SLEEP), sleep];
}

/** Sends `items`. */
export function senderOf(actor: Actor, items: number, isBag: boolean) {
  const { cells, me } = actor;
  const claim = (): number => claimToFill(cells, me, isBag);
  const found = (cell: number): Next => {
    if (cell >= 0) return [HAS, cell];
    loom.count(REFUSED);
    loom.count(LEFT, -1);
    return [DONE];
  };
  const has: Step = (cell, over) => {
    fill(cells, cell, me * MOST + over + 1);
    return [TELL];
  };
  const told: Step = () => {
    tell(actor, RECEIVERS);
    loom.count(LEFT, -1);
    return [DONE];
  };
  return threadOf(items, [...waitingSteps(actor, SENDERS, claim, found), has, told]);
}

/** Sends `item` by a cell that was claimed. */
export function fill(cells: Cells, cell: number, item: number): void {
  cells.words[cellAt(cells, cell) + VALUE] = item;
  if (isClosed(cells)) {
    discard(cells, cell);
    loom.count(REFUSED);
  } else publish(cells, cell);
}

/** Does `deeds` with items, one after the other: `t`akes one, gives it `b`ack, `c`arries it to another thread first. */
export function receiverOf(actor: Actor, deeds: string, isInOrder: boolean) {
  const { cells, me } = actor;
  const claim = (): number => {
    for (;;) {
      const cell = claimToTake(cells, me);
      if (cell !== MADE_ROOM) return cell;
      tell(actor, SENDERS);
    }
  };
  const found = (cell: number, over: number): Next => {
    if (cell >= 0) return [HAS, cell];
    if (cell === NONE) return done(over);
    loom.saw("over");
    loom.count(LEFT, -takesOf(deeds.slice(over)));
    return [END];
  };
  const done = (over: number): Next => {
    loom.count(LEFT, -takesOf(deeds[over]!));
    return [DONE];
  };
  const has: Step = (cell, over) => {
    if (deeds[over] === "b") {
      giveBack(cells, cell);
      loom.saw("gave back");
      return [TELL_RECEIVERS];
    }
    if (deeds[over] === "t") take(cells, cell, isInOrder);
    else leave(cells, cell, taskOf(me));
    return [deeds[over] === "t" ? TELL : ARRIVE, cell];
  };
  const tellSenders: Step = (_, over) => {
    tell(actor, SENDERS);
    return isClosed(cells) ? [TELL_RECEIVERS] : done(over);
  };
  const arrives: Step = (cell) => {
    // Its thread is another one now, which has the same number here.
    if (!arrive(cells, cell, taskOf(me), me)) loom.fail("what was carried is not there");
    take(cells, cell, isInOrder);
    return [TELL];
  };
  const tellReceivers: Step = (_, over) => {
    tell(actor, RECEIVERS);
    return done(over);
  };
  const waiting = waitingSteps(actor, RECEIVERS, claim, found);
  return threadOf(deeds.length, [...waiting, has, tellSenders, arrives, tellReceivers]);
}

/** Items that go out with `deeds`. */
export function takesOf(deeds: string): number {
  return deeds.replaceAll("b", "").length;
}

/** Reads an item, and frees its cell: only then it is there for the code of a task. */
export function take(cells: Cells, cell: number, isInOrder: boolean): void {
  const item = cells.words[cellAt(cells, cell) + VALUE]!;
  free(cells, cell);
  if (item < 1 || item > 15 || loom.count(item) > 1) loom.fail(`item ${item} came again`);
  if (!isInOrder) return;
  const sender = LAST + Math.floor((item - 1) / MOST);
  const last = loom.count(sender, 0);
  if (item <= last) loom.fail(`item ${item} came after ${last}`);
  loom.count(sender, item - last);
}

/** Takes what is left; how much. */
export function drain(cells: Cells): number {
  for (let rest = 0; ; rest++) {
    let cell = claimToTake(cells, OUTSIDE);
    while (cell === MADE_ROOM) cell = claimToTake(cells, OUTSIDE);
    if (cell < 0) return rest;
    take(cells, cell, false);
  }
}
