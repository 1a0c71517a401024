/** One owner, and thieves: each item comes out once, whoever takes it. */
import {
  LOST,
  NONE,
  dequeAt,
  dequeWords,
  lengthOf,
  pop,
  push,
  steal,
  takeHalf,
  taken,
  type Deque,
} from "../../../targets/node/threads/lock-free/deque.js";
import type { Scenario } from "../explore.js";

const CAPACITY = 4;
const SIZE = dequeWords(CAPACITY);
/** HEAD and TAIL, to begin elsewhere than at 0. */
const PLACES = [0, 16];

interface Play {
  readonly name: string;
  /** What the owner does: + pushes the next item, - pops, h takes half, which counts as taken. */
  readonly owner: string;
  /** Steals of each thief; from the owner, or in a chain from the one before it. */
  readonly thieves: readonly number[];
  /** Items that another thread pops. */
  readonly pops?: number;
  readonly isChain?: boolean;
  readonly start?: number;
  readonly sees?: readonly string[];
}

function play({ name, owner, thieves, pops = 0, isChain = false, start = 0, sees = [] }: Play): Scenario {
  const items = owner.split("+").length - 1;
  let deques: Deque[] = [];
  return {
    name: `deque: ${name}`,
    size: SIZE * (1 + thieves.length),
    threads: (words) => {
      deques = [0, ...thieves].map((_, i) => dequeAt(words, i * SIZE, isChain && i > 0 ? 1 : CAPACITY));
      for (const place of PLACES) Atomics.store(words, place, start);
      const others = thieves.map((tries, i) => thiefOf(deques[isChain ? i : 0]!, deques[i + 1]!, tries));
      return [ownerOf(deques[0]!, owner), ...others, ...(pops > 0 ? [popperOf(deques[0]!, pops)] : [])];
    },
    atEnd: () => {
      for (const deque of deques) {
        if (lengthOf(deque) < 0 || lengthOf(deque) > CAPACITY) loom.fail(`a length of ${lengthOf(deque)}`);
        for (let item = pop(deque); item !== NONE; item = pop(deque)) got(item);
      }
      for (let item = 0; item < items; item++) {
        if (loom.count(item, 0) !== 1) loom.fail(`item ${item} came out ${loom.count(item, 0)} times`);
      }
    },
    sees,
  };
}

function got(item: number): void {
  if (item < 0 || item > 20 || loom.count(item) > 1) loom.fail(`item ${item} came out again`);
}

/** `local` is: next step, next item. */
function ownerOf(deque: Deque, steps: string) {
  return (local: number[]): boolean => {
    const [step = 0, item = 0] = local;
    if (step === steps.length) return true;
    local[0] = step + 1;
    local[1] = item;
    if (steps[step] === "+") {
      local[1] = item + 1;
      if (!push(deque, item)) {
        loom.saw("full");
        got(item);
      }
    } else if (steps[step] === "-") {
      const popped = pop(deque);
      if (popped !== NONE) got(popped);
    } else {
      const first = takeHalf(deque);
      if (first !== NONE) loom.saw("half");
      if (first !== NONE) for (let i = 0; i < CAPACITY / 2; i++) got(taken(deque, first, i));
    }
    return false;
  };
}

function thiefOf(from: Deque, own: Deque, tries: number) {
  return (local: number[]): boolean => {
    const [tried = 0, isDry = 1] = local;
    if (tried === tries) return true;
    local[0] = tried;
    if (isDry === 0) {
      // Its own queue must be empty before the next steal.
      const item = pop(own);
      if (item !== NONE) got(item);
      else local[1] = 1;
      return false;
    }
    local[0] = tried + 1;
    if (lengthOf(from) < 1) return false;
    const item = steal(from, own);
    if (item === LOST) loom.saw("lost");
    if (item < 0) return false;
    got(item);
    loom.saw("stolen");
    if (lengthOf(own) > 0) loom.saw("stole two");
    local[1] = 0;
    return false;
  };
}

function popperOf(deque: Deque, pops: number) {
  return (local: number[]): boolean => {
    const [popped = 0] = local;
    if (popped === pops) return true;
    local[0] = popped + 1;
    const item = pop(deque);
    if (item !== NONE) got(item);
    return false;
  };
}

/** One thread, step by step: how many there are, how many go. */
function alone(start: number): Scenario {
  return {
    name: `deque: one thread from ${start}`,
    size: 2 * SIZE,
    threads: (words) => {
      const deque = dequeAt(words, 0, CAPACITY);
      const other = dequeAt(words, SIZE, CAPACITY);
      for (const place of PLACES) Atomics.store(words, place, start);
      const fill = (length: number): void => {
        for (let item = 0; item < length; item++) expect(push(deque, item), "there is room");
        expect(lengthOf(deque) === length, "all are there");
      };
      const drain = (from: Deque): string => {
        let items = "";
        for (let item = pop(from); item !== NONE; item = pop(from)) items += item;
        return items;
      };
      const one = (): boolean => {
        expect(pop(deque) === NONE && steal(deque, other) === NONE && lengthOf(deque) === 0, "it is empty");
        fill(4);
        expect(!push(deque, 4), "it is full");
        expect(takeHalf(deque) !== NONE && drain(deque) === "23", "the younger half is left");
        fill(4);
        expect(drain(deque) === "0123", "all come out in order");
        for (let length = 1; length <= 4; length++) {
          fill(length);
          expect(steal(deque, other) === 0, "the oldest comes first");
          const stolen = drain(other);
          const rest = drain(deque);
          expect(stolen.length + 1 === (length + 1) >> 1, "half of them go");
          expect(`0${stolen}${rest}` === "0123".slice(0, length), "all come out in order");
        }
        fill(4);
        const first = takeHalf(deque);
        expect(taken(deque, first, 0) === 0 && taken(deque, first, 1) === 1, "the older half");
        expect(lengthOf(deque) === 2, "is gone");
        pop(deque);
        expect(takeHalf(deque) === NONE && lengthOf(deque) === 1, "there is no half");
        expect(push(deque, 9) && takeHalf(deque) !== NONE, "there is one again");
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
  play({ name: "the owner alone", owner: "-+-+++++---h++h+-", thieves: [], sees: ["full", "half"] }),
  alone(0),
  alone(0x7ffffffe),
  play({ name: "one thief", owner: "++-+--", thieves: [2], sees: ["stolen", "lost"] }),
  play({ name: "a queue that is full", owner: "+++++-++", thieves: [1], sees: ["full", "stole two"] }),
  play({ name: "two thieves", owner: "+++-", thieves: [1, 1], sees: ["stole two", "lost"] }),
  play({
    name: "half is taken while others steal",
    owner: "++++h+-",
    thieves: [1],
    sees: ["half", "stole two"],
  }),
  play({ name: "a thief while the ring comes round", owner: "+++--+++--", thieves: [1], sees: ["stolen"] }),
  play({ name: "a thief of a thief", owner: "+++++", thieves: [2, 1], isChain: true, sees: ["stole two"] }),
  play({ name: "another who pops", owner: "++++-+-+", thieves: [], pops: 2 }),
  play({
    name: "positions that wrap",
    owner: "+++-++-",
    thieves: [1],
    start: 0x7ffffffe,
    sees: ["stole two"],
  }),
];
