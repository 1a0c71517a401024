/**
 * Primitives beside a twin that says of each moment what must be so: whoever can go on has been told, in the right order.
 * Parties stand for tasks: they wait with one operation, or with two, of which the first to be done decides. Each may
 * leave at any moment: while it waits, or when it was told and has not run yet.
 */
import fc from "fast-check";
import * as assert from "uvu/assert";
import { DONE, IDLE, PENDING, drop, irrevocable, take, type Op } from "../../core/op.js";
import { below, check } from "./model.js";
import { startedBy } from "./ops.js";

/** One operation, and what the twin thinks of it. */
export interface Arm<K extends string> {
  readonly kind: K;
  /** A number that goes with it: an item, how many permits, which subscriber. */
  readonly detail: number;
  /** Counts operations. */
  readonly id: number;
  readonly party: Party<K>;
  state: number;
  /** Whether giving it up cannot undo it. */
  isFinal: boolean;
  /** Notes of the twin. */
  gives: unknown;
}

export interface Party<K extends string> {
  readonly arms: Arm<K>[];
  readonly ops: Op[];
  hasBegun: boolean;
}

/** The arms that are still there, oldest first. */
export interface Arms<K extends string> {
  readonly waiting: readonly Arm<K>[];
  readonly told: readonly Arm<K>[];
}

/** What a primitive does, by words. */
export interface Real<K extends string> {
  /** Makes the future of an operation; `id` counts them. */
  start(kind: K, detail: number, id: number): unknown;
  /** Does something at once; a throw counts as its code. */
  act(what: string, detail: number, id: number): unknown;
  /** All that can be seen of it. */
  look(): unknown;
  /** What operation `id` gave, as the twin says it. */
  given?(value: unknown, id: number): unknown;
}

/** The same, naively. */
export interface Twin<K extends string> {
  /** Notes of an arm that has just come. */
  arrived?(arm: Arm<K>): void;
  /** One that can go on now, and has not been told; the harness tells it. */
  next(arms: Arms<K>): Arm<K> | undefined;
  /** What one that was told takes. */
  take(arm: Arm<K>, arms: Arms<K>): unknown;
  /** One left while it waited. */
  left?(arm: Arm<K>): void;
  /** One that was told left before it took anything. */
  giveBack(arm: Arm<K>, arms: Arms<K>): void;
  act(what: string, detail: number, arms: Arms<K>, id: number): unknown;
  look(arms: Arms<K>): unknown;
}

/** A primitive to be tried, and how. */
export interface Trial<K extends string> {
  readonly real: (size: number) => Real<K>;
  readonly twin: (size: number) => Twin<K>;
  readonly kinds: readonly K[];
  readonly acts: readonly string[];
  /** Sizes, from 1 on; default 3. */
  readonly sizes?: number;
  /** Details, from 0 on; default 1. */
  readonly details?: number;
  /** As in programs that give up no future: each party has one arm, and none leaves. */
  readonly keepsAll?: boolean;
  readonly runs?: number;
}

type Step<K> =
  | ["arrive", readonly (readonly [K, number])[], unknown?]
  | ["resume" | "leave", number]
  | ["act", string, number];

/** Tries random steps on both, and compares all that can be seen after each. */
export function behaves<K extends string>(trial: Trial<K>): void {
  const detail = below(trial.details ?? 1);
  const arm = fc.tuple(fc.constantFrom(...trial.kinds), detail);
  const one = fc.tuple(arm);
  const arrivals = trial.keepsAll === true ? one : fc.oneof(one, fc.tuple(arm, arm));
  const goings = trial.keepsAll === true ? (["resume"] as const) : (["resume", "leave"] as const);
  const step = fc.oneof<{ arbitrary: fc.Arbitrary<Step<K>>; weight: number }[]>(
    { weight: 8, arbitrary: fc.tuple(fc.constant("arrive"), arrivals) },
    { weight: 8, arbitrary: fc.tuple(fc.constantFrom(...goings), below(12)) },
    { weight: 4, arbitrary: fc.tuple(fc.constant("act"), fc.constantFrom(...trial.acts), detail) },
  );
  const steps = fc.array(step, { maxLength: 60, size: "max" });
  check(
    fc.tuple(fc.integer({ min: 1, max: trial.sizes ?? 3 }), steps),
    ([size, run]) => {
      const pair = new Pair(trial.real(size), trial.twin(size));
      for (const [what, first, detail] of run) {
        if (what === "arrive") pair.arrive(first);
        else if (what === "act") pair.act(first, detail);
        else pair[what](first);
        pair.check();
      }
    },
    trial.runs ?? 1500,
  );
}

/** The primitive and its twin, which see the same. */
class Pair<K extends string> {
  private readonly parties: Party<K>[] = [];
  /** In the order in which they came. */
  private arms: Arm<K>[] = [];
  private count = 0;

  constructor(
    private readonly real: Real<K>,
    private readonly twin: Twin<K>,
  ) {}

  arrive(wanted: readonly (readonly [K, number])[]): void {
    const party: Party<K> = { arms: [], ops: [], hasBegun: false };
    for (const [kind, detail] of wanted) {
      const id = this.count++;
      const arm: Arm<K> = { kind, detail, id, party, state: PENDING, isFinal: false, gives: undefined };
      this.twin.arrived?.(arm);
      party.ops.push(startedBy(() => this.real.start(kind, detail, id)));
      party.arms.push(arm);
      this.arms.push(arm);
      this.settle();
    }
    this.begin(party);
    this.parties.push(party);
  }

  /** As a select: of what is done already, what cannot be undone comes first. */
  private begin(party: Party<K>): void {
    const done = party.arms.filter((each) => each.state === DONE);
    const winner = done.find((each) => each.isFinal) ?? done[0];
    const doneOps = party.ops.filter((op) => op.state_ === DONE);
    const first = doneOps.find((op) => op.drop_ === irrevocable) ?? doneOps[0];
    party.hasBegun = true;
    for (const op of party.ops) {
      if (first === undefined) op.done_ = () => this.dropOthers(party, op);
      else if (op !== first) drop(op);
    }
    if (winner !== undefined) this.dismiss(party, winner);
    this.settle();
  }

  private dropOthers(party: Party<K>, winner: Op): void {
    for (const op of party.ops) if (op !== winner) drop(op);
  }

  /** The task of a party that was told goes on. */
  resume(which: number): void {
    const party = this.parties[which % this.parties.length];
    const i = party?.arms.findIndex((each) => each.state === DONE) ?? -1;
    if (party === undefined || i < 0) return;
    const arm = party.arms[i]!;
    const expected = this.twin.take(arm, this.there());
    const given = take(party.ops[i]!);
    assert.equal(this.real.given === undefined ? given : this.real.given(given, arm.id), expected);
    arm.state = IDLE;
    this.forget(party);
  }

  /** The task of a party is cancelled. */
  leave(which: number): void {
    const party = this.parties[which % this.parties.length];
    if (party === undefined) return;
    for (const op of party.ops) drop(op);
    this.dismiss(party, null);
    this.forget(party);
  }

  act(what: string, detail: number): void {
    const id = this.count++;
    const expected = this.twin.act(what, detail, this.there(), id);
    assert.equal(
      codeOr(() => this.real.act(what, detail, id)),
      expected,
      `${what} ${detail}`,
    );
    this.settle();
  }

  /** Compares all that can be seen. */
  check(): void {
    assert.equal(this.real.look(), this.twin.look(this.there()));
    for (const party of this.parties) this.same(party);
  }

  private there(): Arms<K> {
    const inState = (state: number): Arm<K>[] => this.arms.filter((each) => each.state === state);
    return { waiting: inState(PENDING), told: inState(DONE) };
  }

  /** Tells everyone who can go on. */
  private settle(): void {
    for (let arm = this.twin.next(this.there()); arm !== undefined; arm = this.twin.next(this.there())) {
      arm.state = DONE;
      if (arm.party.hasBegun) this.dismiss(arm.party, arm);
    }
  }

  private dismiss(party: Party<K>, winner: Arm<K> | null): void {
    for (const arm of party.arms) {
      if (arm === winner) continue;
      const was = arm.state;
      arm.state = IDLE;
      if (was === DONE) this.twin.giveBack(arm, this.there());
      if (was === PENDING) this.twin.left?.(arm);
    }
  }

  private forget(party: Party<K>): void {
    this.parties.splice(this.parties.indexOf(party), 1);
    this.settle();
    this.same(party);
    this.arms = this.arms.filter((each) => each.party !== party);
  }

  private same(party: Party<K>): void {
    assert.equal(
      party.ops.map((op) => op.state_),
      party.arms.map((arm) => arm.state),
    );
  }
}

function codeOr(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return (error as { code: string }).code;
  }
}
