/**
 * The policies beside naive twins, and the promise of progress: a ready slot is polled within so many polls, however
 * others wake themselves and each other.
 */
import fc from "fast-check";
import * as assert from "uvu/assert";
import { makeFifo } from "../../core/policies/fifo.js";
import { makePasses } from "../../core/policies/passes.js";
import { makePriorities } from "../../core/policies/priorities.js";
import { AGING, HIGHEST, type MakePolicy } from "../../core/policies/policy.js";
import { urgent, rank } from "../../core/board/priorities.js";
import { below, check } from "../support/model.js";
import { suite } from "../support/suite.js";

const test = suite("model: core/policies");

/** What one poll does: who is woken by it, and whether the polled slot is ready again. */
interface Poll {
  readonly wakes: readonly number[];
  readonly isReady: boolean;
  readonly throws: boolean;
}

interface Run {
  readonly slots: number;
  readonly levels: readonly number[];
  readonly first: readonly number[];
  readonly polls: readonly Poll[];
}

const runs: fc.Arbitrary<Run> = fc.integer({ min: 1, max: 70 }).chain((slots) =>
  fc.record({
    slots: fc.constant(slots),
    levels: fc.array(below(HIGHEST + 1), { minLength: slots, maxLength: slots }),
    first: fc.array(below(slots), { maxLength: 10 }),
    polls: fc.array(
      fc.record({
        wakes: fc.array(below(slots), { maxLength: 3 }),
        isReady: fc.boolean(),
        throws: below(10).map((each) => each === 0),
      }),
      { maxLength: 200, size: "max" },
    ),
  }),
);

/** The slots that `make` polls, in order; each poll checks that no slot waited longer than `bound` polls. */
function played(make: MakePolicy, run: Run, bound: Bound): number[] {
  const policy = make(run.slots, (slot) => run.levels[slot]!);
  const since = new Map<number, number>();
  const polled: number[] = [];
  const wake = (slot: number): void => {
    if (!since.has(slot)) since.set(slot, polled.length);
    policy.add(slot);
  };
  const poller = {
    poll_(slot: number): boolean {
      assert.ok(since.has(slot), `${slot} is polled, and was not ready`);
      for (const [each, at] of since) {
        const waited = polled.length - at;
        assert.ok(waited < bound(run, each), `${each} waits for ${waited} polls`);
      }
      const poll = run.polls[polled.length];
      polled.push(slot);
      since.delete(slot);
      // A task that runs is ready again only when its poll ends.
      for (const other of poll?.wakes ?? []) if (other !== slot) wake(other);
      const isReady = poll?.isReady ?? false;
      if (isReady || poll?.throws === true) since.set(slot, polled.length);
      if (poll?.throws === true) throw new Error("thrown by the host");
      return isReady;
    },
  };
  for (const slot of run.first) wake(slot);
  for (let passes = 0; policy.length > 0; passes++) {
    assert.ok(passes < 10_000, "passes that poll nobody");
    try {
      policy.pass(poller);
    } catch (error) {
      if (!String(error).includes("thrown by the host")) throw error;
    }
    assert.is(policy.length, since.size);
  }
  return polled;
}

/** The same with a naive choice among what is ready: `order` is told in which order they became so. */
function expected(run: Run, choose: (order: readonly number[]) => number): number[] {
  const order = [...new Set(run.first)];
  const polled: number[] = [];
  while (order.length > 0) {
    const slot = choose(order);
    const poll = run.polls[polled.length];
    polled.push(slot);
    order.splice(order.indexOf(slot), 1);
    for (const other of poll?.wakes ?? []) if (other !== slot && !order.includes(other)) order.push(other);
    if ((poll?.isReady ?? false) || poll?.throws === true) order.push(slot);
  }
  return polled;
}

/** Levels, last turns and ages, by their definition. */
function byPriority(levels: readonly number[]): (order: readonly number[]) => number {
  const last = new Map<number, number>();
  const ages = new Map<number, number>();
  return (order) => {
    const ready = [...new Set(order.map((slot) => levels[slot]!))].sort((a, b) => b - a);
    let level = ready[0]!;
    for (const lower of ready.slice(1)) {
      ages.set(lower, (ages.get(lower) ?? 0) + 1);
      if (ages.get(lower)! < AGING) continue;
      level = lower;
      break;
    }
    ages.set(level, 0);
    const inLevel = order.filter((slot) => levels[slot] === level).sort((a, b) => a - b);
    const slot = inLevel.find((each) => each > (last.get(level) ?? -1)) ?? inLevel[0]!;
    last.set(level, slot);
    return slot;
  };
}

type Bound = (run: Run, slot: number) => number;

const allSlots: Bound = ({ slots }) => slots;
/** Slots of the same level, times what each of their turns may take. */
const byLevel: Bound = ({ levels }, slot) =>
  levels.filter((level) => level === levels[slot]).length * (AGING + new Set(levels).size);

test("passes: each ready slot within as many polls as there are slots", () => {
  check(runs, (run) => {
    played(makePasses, run, allSlots);
  });
});

test("fifo: in the order of wakes, within as many polls as there are slots", () => {
  check(runs, (run) => {
    assert.equal(
      played(makeFifo, run, allSlots),
      expected(run, ([first]) => first!),
    );
  });
});

test("priorities: the highest level first, its slots in turn, lower ones by age; within the bound", () => {
  check(runs, (run) => {
    assert.equal(played(makePriorities, run, byLevel), expected(run, byPriority(run.levels)));
  });
});

/** Policies that starve somebody: a bound that lets one of them pass is no bound. */
const MUTANTS: readonly (readonly [string, MakePolicy, Bound])[] = [
  ["last in, first out", choosing((ready) => ready.length - 1), allSlots],
  ["the lowest slot first", choosing((ready) => ready.indexOf(Math.min(...ready))), allSlots],
  ["the highest level, whatever waits below", choosing(byLevelAlone), byLevel],
  ["the highest level, and the lowest slot of it", choosing(lowestOfLevel), byLevel],
];

/** Which of the ready slots, in the order in which they became so, has the next turn. */
type Choose = (ready: readonly number[], levelOf: (slot: number) => number) => number;

function choosing(choose: Choose): MakePolicy {
  return (_slots, levelOf) => {
    const ready: number[] = [];
    return {
      get length() {
        return ready.length;
      },
      add(slot) {
        if (!ready.includes(slot)) ready.push(slot);
      },
      pass(poller) {
        const i = choose(ready, levelOf);
        const [slot] = ready.splice(i, 1);
        // What it wakes comes before it; a throw leaves it ready.
        let isReady = true;
        try {
          isReady = poller.poll_(slot!);
        } finally {
          if (isReady && !ready.includes(slot!)) ready.push(slot!);
        }
      },
    };
  };
}

/** In turn within the highest level, and never below it. */
function byLevelAlone(ready: readonly number[], levelOf: (slot: number) => number): number {
  const highest = Math.max(...ready.map(levelOf));
  return ready.findIndex((slot) => levelOf(slot) === highest);
}

function lowestOfLevel(ready: readonly number[], levelOf: (slot: number) => number): number {
  const highest = Math.max(...ready.map(levelOf));
  return ready.indexOf(Math.min(...ready.filter((slot) => levelOf(slot) === highest)));
}

/** Slots that all wake themselves, of which the policy leaves out one if it can: what a random run seldom does for long. */
const busy: fc.Arbitrary<Run> = fc.integer({ min: 3, max: 6 }).chain((slots) =>
  fc.record({
    slots: fc.constant(slots),
    levels: fc.array(below(HIGHEST + 1), { minLength: slots, maxLength: slots }),
    first: fc.constant(Array.from({ length: slots }, (_, i) => i)),
    polls: fc.constant(Array.from({ length: 300 }, () => ({ wakes: [], isReady: true, throws: false }))),
  }),
);

for (const [what, make, bound] of MUTANTS) {
  test(`the bound is missed by a policy that polls ${what}`, () => {
    assert.throws(() => {
      check(busy, (run) => {
        played(make, run, bound);
      });
    }, /waits for \d+ polls/);
  });
}

test("the bounds hold where all slots are always ready", () => {
  check(busy, (run) => {
    played(makePasses, run, allSlots);
    played(makeFifo, run, allSlots);
    played(makePriorities, run, byLevel);
  });
});

test("boards choose as the library does", () => {
  const levels = [0, 3, 0, 7, 3, 7, 7, 0, 1];
  for (const [i, level] of levels.entries()) rank({ bit_: 1 << i, name_: String(i) } as never, level);
  const random = fc.array(fc.integer({ min: 1, max: 2 ** levels.length - 1 }), {
    minLength: 500,
    maxLength: 500,
    size: "max",
  });
  // One after the other, since a board has one executor: both remember the same turns.
  const twin = byPriority(levels);
  check(
    random,
    (sets) => {
      for (const set of sets) {
        const order = levels.map((_, i) => i).filter((i) => (set & (1 << i)) !== 0);
        assert.is(Number(urgent(set).name_), twin(order));
      }
    },
    20,
  );
});
