/**
 * Each channel beside a twin that says of each moment what must be so: whoever can go on has been told, oldest first.
 * Parties stand for tasks: they wait with one operation, or with two, of which the first to be done decides.
 * Those of device builds without races know no more than the first.
 */
import fc from "fast-check";
import * as assert from "uvu/assert";
import { DONE, IDLE, PENDING, drop, take, type Op } from "../../core/op.js";
import * as onBoards from "../../core/board/channel.js";
import * as whole from "../../core/sync/channel.js";
import { CLOSED } from "../../core/sync/channel.js";
import * as onEspruino from "../../targets/espruino/channel.js";
import { below, check } from "../support/model.js";
import { startedBy } from "../support/ops.js";
import { suite } from "../support/suite.js";

const test = suite("model: channels");

type Kind = "send" | "receive";
type Step = ["arrive", readonly Kind[]] | ["resume" | "leave", number] | ["trySend" | "close"];

const kind = fc.constantFrom<Kind>("send", "receive");
const kinds = fc.oneof(fc.tuple(kind), fc.tuple(kind, kind));

const steps = (arrivals: fc.Arbitrary<readonly Kind[]>, leavings: "leave"[]): fc.Arbitrary<Step[]> =>
  fc.array(
    fc.oneof<{ arbitrary: fc.Arbitrary<Step>; weight: number }[]>(
      { weight: 8, arbitrary: fc.tuple(fc.constant("arrive"), arrivals) },
      { weight: 8, arbitrary: fc.tuple(fc.constantFrom("resume", ...leavings), below(12)) },
      { weight: 3, arbitrary: fc.constant(["trySend"]) },
      { weight: 1, arbitrary: fc.constant(["close"]) },
    ),
    { maxLength: 60, size: "max" },
  );

/** One operation, and what the twin thinks of it. */
interface Arm {
  readonly kind: Kind;
  readonly item: number;
  readonly party: Party;
  state: number;
  /** What a done one will give; null is an item of the channel. */
  gives: boolean | typeof CLOSED | null;
}

interface Party {
  readonly arms: Arm[];
  readonly ops: Op[];
  hasBegun: boolean;
}

class Twin {
  readonly items: number[] = [];
  /** In the order in which they came. */
  readonly arms: Arm[] = [];
  isClosed = false;

  constructor(readonly capacity: number) {}

  /** Tells everyone who can go on. */
  settle(): void {
    while (this.tellSender() || this.tellReceiver());
  }

  private tellSender(): boolean {
    const sender = this.oldest("send");
    const hasRoom = this.items.length < this.capacity;
    if (sender === undefined || !(hasRoom || this.isClosed)) return false;
    if (!this.isClosed) this.items.push(sender.item);
    return this.tell(sender, !this.isClosed);
  }

  private tellReceiver(): boolean {
    const receiver = this.oldest("receive");
    const promised = this.arms.filter((each) => each.state === DONE && each.gives === null).length;
    if (receiver === undefined) return false;
    if (this.items.length > promised) return this.tell(receiver, null);
    return this.isClosed && this.items.length === 0 && this.tell(receiver, CLOSED);
  }

  private oldest(kind: Kind): Arm | undefined {
    return this.arms.find((each) => each.kind === kind && each.state === PENDING);
  }

  private tell(arm: Arm, gives: Arm["gives"]): true {
    arm.state = DONE;
    arm.gives = gives;
    if (arm.party.hasBegun) this.dismiss(arm.party, arm);
    return true;
  }

  dismiss(party: Party, winner: Arm | null): void {
    for (const arm of party.arms) if (arm !== winner) arm.state = IDLE;
  }
}

/** The channel and its twin, which see the same. */
class Pair {
  readonly channel: whole.Channel<number>;
  readonly twin: Twin;
  readonly parties: Party[] = [];
  private count = 0;

  constructor(
    private readonly made: Variant,
    capacity: number,
  ) {
    this.channel = new made.Channel(capacity);
    this.twin = new Twin(capacity);
  }

  arrive(kinds: readonly Kind[]): void {
    const party: Party = { arms: [], ops: [], hasBegun: false };
    for (const kind of kinds) {
      const item = this.count++;
      const start = (): unknown => (kind === "send" ? this.channel.send(item) : this.channel.receive());
      party.ops.push(startedBy(start));
      const arm: Arm = { kind, item, party, state: PENDING, gives: null };
      party.arms.push(arm);
      this.twin.arms.push(arm);
      this.twin.settle();
    }
    this.begin(party);
    this.parties.push(party);
  }

  /** As a select: of what is done already a send that went through comes first. */
  private begin(party: Party): void {
    const done = party.arms.filter((each) => each.state === DONE);
    const winner = done.find((each) => each.gives === true) ?? done[0];
    const doneOps = party.ops.filter((op) => op.state_ === DONE);
    const first = doneOps.find((op) => op.final_) ?? doneOps[0];
    party.hasBegun = true;
    for (const op of party.ops) {
      if (first === undefined) op.done_ = () => this.dropOthers(party, op);
      else if (op !== first) drop(op);
    }
    if (winner !== undefined) this.twin.dismiss(party, winner);
    this.twin.settle();
  }

  private dropOthers(party: Party, winner: Op): void {
    for (const op of party.ops) if (op !== winner) drop(op);
  }

  /** The task of a party that was told goes on. */
  resume(which: number): void {
    const party = this.parties[which % this.parties.length];
    const i = party?.arms.findIndex((each) => each.state === DONE) ?? -1;
    if (party === undefined || i < 0) return;
    const arm = party.arms[i]!;
    const expected = arm.gives === null ? this.twin.items.shift() : arm.gives;
    const given = take(party.ops[i]!);
    assert.is(given === this.made.CLOSED ? CLOSED : given, expected);
    arm.state = IDLE;
    this.forget(party);
  }

  /** The task of a party is cancelled. */
  leave(which: number): void {
    const party = this.parties[which % this.parties.length];
    if (party === undefined) return;
    for (const op of party.ops) drop(op);
    this.twin.dismiss(party, null);
    this.forget(party);
  }

  private forget(party: Party): void {
    this.parties.splice(this.parties.indexOf(party), 1);
    this.twin.settle();
    this.same(party);
    this.twin.arms.splice(0, this.twin.arms.length, ...this.twin.arms.filter((each) => each.party !== party));
  }

  trySend(): void {
    const item = this.count++;
    const fits = !this.twin.isClosed && this.twin.items.length < this.twin.capacity;
    assert.is(this.channel.trySend(item), fits);
    if (fits) this.twin.items.push(item);
    this.twin.settle();
  }

  close(): void {
    this.channel.close();
    this.twin.isClosed = true;
    this.twin.settle();
  }

  /** Compares all that can be seen. */
  check(): void {
    assert.is(this.channel.length, this.twin.items.length);
    for (const party of this.parties) this.same(party);
  }

  private same(party: Party): void {
    assert.equal(
      party.ops.map((op) => op.state_),
      party.arms.map((arm) => arm.state),
    );
  }
}

interface Variant {
  readonly Channel: typeof whole.Channel;
  readonly CLOSED: object;
}

function behaves(made: Variant, all: fc.Arbitrary<Step[]>): void {
  check(
    fc.tuple(fc.integer({ min: 1, max: 3 }), all),
    ([capacity, run]) => {
      const pair = new Pair(made, capacity);
      for (const [what, detail] of run) {
        if (what === "arrive") pair.arrive(detail);
        else if (what === "resume") pair.resume(detail);
        else if (what === "leave") pair.leave(detail);
        else if (what === "trySend") pair.trySend();
        else pair.close();
        pair.check();
      }
    },
    3000,
  );
}

test("core/sync/channel tells who can go on, gives items in order, and loses none", () => {
  behaves(whole as unknown as Variant, steps(kinds, ["leave"]));
});

test("core/board/channel does, where nobody leaves", () => {
  behaves(onBoards, steps(fc.tuple(kind), []));
});

test("targets/espruino/channel does, where nobody leaves", () => {
  behaves(onEspruino, steps(fc.tuple(kind), []));
});
