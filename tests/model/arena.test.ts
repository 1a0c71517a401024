/** The arena beside a twin that remembers every id ever given. */
import fc from "fast-check";
import * as assert from "uvu/assert";
import { Arena, type TaskId } from "../../core/arena.js";
import type { TaskKind } from "../../core/kinds.js";
import { CANCELLED, DONE, FAULTED, FREE, RESERVED, finish } from "../../core/state.js";
import { below, check } from "../support/model.js";
import { suite } from "../support/suite.js";

const test = suite("model: core/arena");

/** Uses of a slot until an id comes back. */
const GENERATIONS = 2 ** 15;

type Step = ["claim", number] | ["finish", number, number] | ["restart", number];

const steps = fc.array(
  fc.oneof<fc.Arbitrary<Step>[]>(
    fc.tuple(fc.constant("claim"), below(4)),
    fc.tuple(fc.constant("finish"), below(16), fc.constantFrom(DONE, FAULTED, CANCELLED, FREE)),
    fc.tuple(fc.constant("restart"), below(16)),
  ),
  { maxLength: 120, size: "max" },
);
const pools = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 });

type Kind = TaskKind<never, unknown>;

function kindsOf(sizes: readonly number[]): Kind[] {
  let firstSlot_ = 0;
  return sizes.map((pool, i) => {
    const kind = { name: `kind${i}`, pool, firstSlot_, frame_: null, waits_: [] };
    firstSlot_ += pool;
    return kind as unknown as Kind;
  });
}

/** An arena and its twin: slots by kind, each with the id of its task while it runs. */
class Pair {
  readonly arena: Arena;
  readonly running = new Map<number, TaskId>();
  /** Free slots of each kind, the one that is free for longest first. */
  readonly free: number[][];
  /** The latest id of each slot, and all that are stale. */
  readonly latest = new Map<number, TaskId>();
  readonly stale = new Set<TaskId>();

  constructor(readonly kinds: readonly Kind[]) {
    const slots = kinds.reduce((sum, kind) => sum + kind.pool, 0);
    this.arena = new Arena(null as never, slots);
    for (const kind of kinds) this.arena.adopt(kind);
    assert.is(this.arena.used, slots);
    this.free = kinds.map((kind) => Array.from({ length: kind.pool }, (_, i) => kind.firstSlot_ + i));
  }

  claim(kind: Kind): void {
    const free = this.free[this.kinds.indexOf(kind)]!.shift();
    if (free === undefined) {
      assert.is(this.arena.tryClaim(kind), -1);
      assert.throws(
        () => this.arena.claim(kind),
        (error: Error) => error.message.startsWith(`E101 "${kind.name}": `),
      );
      return;
    }
    assert.is(this.arena.claim(kind), free);
    assert.is(this.arena.strandOf(free).life_, RESERVED);
    this.arena.occupy(free);
    const id = this.arena.idOf(free);
    const before = this.latest.get(free);
    if (before !== undefined) this.stale.add(before);
    assert.not.ok(this.stale.has(id), "an id came back");
    this.latest.set(free, id);
    this.running.set(free, id);
  }

  finish(which: number, outcome: number): void {
    const slot = [...this.running.keys()][which % this.running.size];
    if (slot === undefined) return;
    finish(this.arena.strandOf(slot), outcome);
    this.arena.release(slot);
    this.running.delete(slot);
    this.free[this.kinds.indexOf(this.arena.kindOf(slot))]!.push(slot);
  }

  /** A task that is over runs again in its slot, under its id. */
  restart(which: number): void {
    const over = [...this.latest.keys()].filter((slot) => !this.running.has(slot));
    const slot = over[which % over.length];
    if (slot === undefined) return;
    this.arena.reoccupy(slot);
    const free = this.free[this.kinds.indexOf(this.arena.kindOf(slot))]!;
    free.splice(free.indexOf(slot), 1);
    this.running.set(slot, this.latest.get(slot)!);
  }

  /** Every id names its slot until the slot is used again, and nothing from then on. */
  check(): void {
    for (const [slot, id] of this.latest) {
      assert.is(this.arena.slotOf(id), slot);
      assert.ok(this.kinds.includes(this.arena.kindOf(slot)));
    }
    for (const id of this.stale) assert.is(this.arena.slotOf(id), -1);
  }
}

test("gives the slot of a kind that is free for longest, says when there is none, and knows stale ids", () => {
  check(fc.tuple(pools, steps), ([sizes, run]) => {
    const pair = new Pair(kindsOf(sizes));
    for (const step of run) {
      if (step[0] === "claim") pair.claim(pair.kinds[step[1] % pair.kinds.length]!);
      else if (step[0] === "finish") pair.finish(step[1], step[2]);
      else pair.restart(step[1]);
      pair.check();
    }
  });
});

test("gives a slot as many ids as there are generations before one comes back", () => {
  const [kind] = kindsOf([1]);
  const arena = new Arena(null as never, 1);
  arena.adopt(kind!);
  const ids = new Set<TaskId>();

  for (let i = 0; i < GENERATIONS; i++) {
    arena.claim(kind!);
    ids.add(arena.idOf(0));
    finish(arena.strandOf(0), DONE);
    arena.release(0);
  }

  assert.is(ids.size, GENERATIONS);
  for (const id of ids) assert.ok(id >= 0 && arena.slotOf(id) === (id === arena.idOf(0) ? 0 : -1));
});
