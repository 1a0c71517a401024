/** Producers and consumers: each item comes out once, and those of one producer in their order. */
import {
  EMPTY,
  add,
  isEmpty,
  itemsOf,
  ringAt,
  ringWords,
  take,
  type Ring,
} from "../../../targets/node/threads/lock-free/ring.js";
import type { Scenario } from "../explore.js";

/** Items of producer p are p * MOST and what follows. */
const MOST = 4;
/** HEAD and TAIL. */
const PLACES = [0, 16];
const CELLS = 32;

interface Play {
  readonly name: string;
  readonly capacity: number;
  /** Items of each producer, who gives up one that finds no room. */
  readonly producers: readonly number[];
  /** Tries of each consumer. */
  readonly consumers: readonly number[];
  /** Rounds of the ring before this, each of `capacity` items. */
  readonly laps?: number;
  /** Whether it may be called full. */
  readonly refuses?: boolean;
  readonly mortal?: readonly number[];
  readonly sees?: readonly string[];
}

function play({
  name,
  capacity,
  producers,
  consumers,
  laps = 0,
  refuses = true,
  mortal = [],
  sees = [],
}: Play): Scenario {
  let ring: Ring;
  return {
    name: `ring: ${name}`,
    size: ringWords(capacity),
    threads: (words) => {
      ring = ringAt(words, 0, capacity);
      for (const place of PLACES) Atomics.store(words, place, laps * capacity);
      for (let i = 0; i < capacity; i++) Atomics.store(words, CELLS + i, laps << 16);
      return [
        ...producers.map((items, p) => producerOf(ring, p, items, refuses)),
        // What two consumers do with what they took has no order.
        ...consumers.map((tries) => consumerOf(ring, tries, consumers.length === 1)),
      ];
    },
    mortal,
    atEnd: (died) => {
      for (let item = take(ring); item !== EMPTY; item = take(ring)) got(item, true);
      if (!isEmpty(ring)) loom.fail("not empty after the last item");
      // Who dies loses no more than the item in its hands.
      const lost = producers
        .flatMap((items, p) => Array.from({ length: items }, (_, i) => p * MOST + i))
        .filter((item) => loom.count(item, 0) !== 1);
      const isDead = died >= 0;
      if (lost.length > (isDead && died >= producers.length ? 1 : isDead ? producers[died]! : 0)) {
        loom.fail(`items ${lost.join(", ")} did not come out`);
      }
      // It is as good as new.
      if (!add(ring, 9) || take(ring) !== 9) loom.fail("it is broken");
    },
    sees,
  };
}

function got(item: number, isInOrder: boolean): void {
  if (item < 0 || item > 15 || loom.count(item) > 1) loom.fail(`item ${item} came out again`);
  if (!isInOrder) return;
  // Ghost words 16 and on: what came last from each producer, plus one.
  const last = 16 + Math.floor(item / MOST);
  if (item % MOST < loom.count(last, 0)) loom.fail(`item ${item} came out of order`);
  loom.count(last, (item % MOST) + 1 - loom.count(last, 0));
}

function producerOf(ring: Ring, me: number, items: number, refuses: boolean) {
  return (local: number[]): boolean => {
    const [made = 0] = local;
    if (made === items) return true;
    local[0] = made + 1;
    if (add(ring, me * MOST + made)) return false;
    if (!refuses) loom.fail("called full with room in it");
    loom.saw("full");
    loom.count(me * MOST + made);
    return false;
  };
}

function consumerOf(ring: Ring, tries: number, isInOrder: boolean) {
  return (local: number[]): boolean => {
    const [tried = 0] = local;
    if (tried === tries) return true;
    local[0] = tried + 1;
    const item = take(ring);
    if (item === EMPTY) loom.saw("empty");
    else got(item, isInOrder);
    return false;
  };
}

/** What `isEmpty` says while nobody takes: an item that was added before must be seen. */
function looks(name: string, laps: number, lists = false): Scenario {
  let ring: Ring;
  return {
    name: `ring: ${name}`,
    size: ringWords(2) + 1,
    threads: (words) => {
      ring = ringAt(words, 0, 2);
      for (const place of PLACES) Atomics.store(words, place, laps * 2);
      for (let i = 0; i < 2; i++) Atomics.store(words, CELLS + i, laps << 16);
      const added = ringWords(2);
      const adding = (): boolean => {
        add(ring, 1);
        Atomics.store(words, added, 1);
        return true;
      };
      const taking = (): boolean => {
        if (take(ring) !== EMPTY) loom.count(20);
        return true;
      };
      const looking = (): boolean => {
        const before = Atomics.load(words, added);
        const empty = lists ? itemsOf(ring).size === 0 : isEmpty(ring);
        loom.saw(empty ? "empty" : "not empty");
        const isLeft = loom.count(20, 0) === 0 && Atomics.load(words, 0) === laps * 2;
        // The list is of one moment after the other: what was taken meanwhile may be missing before HEAD says so.
        if (!lists && before === 1 && empty && isLeft) {
          loom.fail("called empty with an item in it");
        }
        return true;
      };
      return [adding, taking, looking];
    },
    sees: ["empty", "not empty"],
  };
}

/** One thread, word by word. */
function alone(laps: number): Scenario {
  return {
    name: `ring: one thread in lap ${laps}`,
    size: ringWords(2),
    threads: (words) => {
      const ring = ringAt(words, 0, 2);
      for (const place of PLACES) Atomics.store(words, place, laps * 2);
      for (let i = 0; i < 2; i++) Atomics.store(words, CELLS + i, laps << 16);
      const word = (index: number): number => Atomics.load(words, index);
      const items = (): string => [...itemsOf(ring)].join();
      const one = (): boolean => {
        for (let lap = laps; lap < laps + 3; lap++) {
          expect(isEmpty(ring) && take(ring) === EMPTY, "it is empty");
          expect(word(0) === lap * 2 && word(16) === lap * 2, "nothing moved");
          expect(items() === "", "nothing is listed");
          expect(add(ring, 0) && add(ring, 7), "two find room");
          expect(word(16) === lap * 2 + 2 && word(CELLS) === ((lap << 16) | 1), "they are there");
          expect(!add(ring, 8) && !isEmpty(ring), "it is full");
          expect(items() === "0,7", "both are listed");
          expect(take(ring) === 0 && !isEmpty(ring), "the first comes out");
          expect(
            word(0) === lap * 2 + 1 && word(CELLS) === (lap + 1) << 16,
            "and leaves a cell for the next lap",
          );
          expect(take(ring) === 7 && isEmpty(ring), "the second comes out");
        }
        // As those leave them who die in the middle.
        const lap = laps + 3;
        expect(add(ring, 0), "one finds room");
        Atomics.store(words, 16, lap * 2);
        expect(items() === "0", "it is listed, wherever TAIL is");
        expect(add(ring, 5) && word(16) === lap * 2 + 2, "TAIL is moved on by whoever comes next");
        expect(take(ring) === 0, "the first comes out");
        Atomics.store(words, 0, lap * 2);
        expect(items() === "5", "what was taken is not listed, wherever HEAD is");
        expect(!isEmpty(ring) && word(0) === lap * 2 + 1, "HEAD is moved on by whoever looks");
        Atomics.store(words, 0, lap * 2);
        expect(take(ring) === 5 && word(0) === lap * 2 + 2, "HEAD is moved on by whoever takes");
        return true;
      };
      return [one];
    },
  };
}

function expect(isSo: boolean, what: string): void {
  if (!isSo) loom.fail(`not so: ${what}`);
}

export const scenarios: Scenario[] = [
  alone(0),
  alone(0x7ffe),
  alone(0xfffe),
  play({ name: "room for all", capacity: 2, producers: [1, 1], consumers: [], refuses: false }),
  play({ name: "one of each", capacity: 2, producers: [3], consumers: [3], sees: ["full", "empty"] }),
  play({ name: "two producers", capacity: 2, producers: [2, 1], consumers: [1], sees: ["full", "empty"] }),
  play({ name: "two consumers", capacity: 2, producers: [2], consumers: [2, 1], sees: ["empty"] }),
  play({
    name: "a lap that wraps",
    capacity: 2,
    producers: [3],
    consumers: [3],
    laps: 0xffff,
    sees: ["full"],
  }),
  play({ name: "a lap that becomes negative", capacity: 2, producers: [3], consumers: [2], laps: 0x7fff }),
  play({ name: "a producer that dies", capacity: 2, producers: [1, 2], consumers: [1], mortal: [0] }),
  play({ name: "a consumer that dies", capacity: 2, producers: [2], consumers: [1, 1], mortal: [1] }),
  looks("a look", 0),
  looks("a look at the last lap", 0xffff),
  looks("a list", 0, true),
];
