/** What tasks wait for together, beside twins that look at a condition each time. */
import { AutoResetEvent, Event } from "../../core/sync/event.js";
import { Barrier } from "../../core/sync/barrier.js";
import { Latch } from "../../core/sync/latch.js";
import { OnceCell } from "../../core/sync/once-cell.js";
import { Watch } from "../../core/sync/watch.js";
import { behaves, type Arm, type Arms, type Twin } from "../support/parties.js";
import { suite } from "../support/suite.js";

const test = suite("model: events");

class EventTwin implements Twin<"wait"> {
  private isSet = false;

  constructor(private readonly resetsItself: boolean) {}

  next({ waiting: [oldest] }: Arms<"wait">): Arm<"wait"> | undefined {
    if (!this.isSet || oldest === undefined) return undefined;
    this.isSet = !this.resetsItself;
    return oldest;
  }

  take(): undefined {
    return undefined;
  }

  giveBack(): void {
    this.isSet ||= this.resetsItself;
  }

  act(what: string): undefined {
    this.isSet = what === "set";
    return undefined;
  }

  look(): boolean {
    return this.isSet;
  }
}

for (const made of [Event, AutoResetEvent]) {
  test(`${made.name} lets through whom it must, and nobody else`, () => {
    behaves({
      real: () => {
        const event = new made();
        return {
          start: () => event.wait(),
          act: (what) => (what === "set" ? event.set() : event.reset()),
          look: () => event.isSet,
        };
      },
      twin: () => new EventTwin(made === AutoResetEvent),
      kinds: ["wait"],
      acts: ["set", "set", "reset"],
    });
  });
}

/** Two sets before the version wraps. */
const BEFORE_WRAP = 0x7fffffff - 1;

class WatchTwin implements Twin<"changed"> {
  private version = BEFORE_WRAP;
  private value = 0;

  arrived(arm: Arm<"changed">): void {
    arm.gives = this.version - arm.detail;
  }

  next({ waiting }: Arms<"changed">): Arm<"changed"> | undefined {
    return waiting.find((arm) => arm.gives !== this.version);
  }

  take(): number {
    return this.version | 0;
  }

  giveBack(): void {
    // nothing was promised
  }

  act(_: string, __: number, ___: unknown, id: number): undefined {
    this.value = id;
    this.version++;
    return undefined;
  }

  look(): unknown {
    return [this.value, this.version | 0];
  }
}

test("Watch tells each reader of what it has not seen, and of nothing else", () => {
  behaves({
    real: () => {
      const watch = new Watch(0);
      (watch as unknown as { version_: number }).version_ = BEFORE_WRAP;
      return {
        start: (_, detail) => watch.changed((watch.version - detail) | 0),
        act: (_, __, id) => {
          watch.set(id);
        },
        look: () => [watch.value, watch.version],
      };
    },
    twin: () => new WatchTwin(),
    kinds: ["changed"],
    acts: ["set"],
    details: 2,
  });
});

class LatchTwin implements Twin<"wait"> {
  constructor(private count: number) {}

  next({ waiting }: Arms<"wait">): Arm<"wait"> | undefined {
    return this.count === 0 ? waiting[0] : undefined;
  }

  take(): undefined {
    return undefined;
  }

  giveBack(): void {
    // nothing was promised
  }

  act(_: string, by: number): unknown {
    if (by > this.count) return "E125";
    this.count -= by;
    return undefined;
  }

  look(): number {
    return this.count;
  }
}

test("Latch lets all through once its count is zero", () => {
  behaves({
    real: (size) => {
      const latch = new Latch(size);
      return { start: () => latch.wait(), act: (_, by) => latch.countDown(by), look: () => latch.count };
    },
    twin: (size) => new LatchTwin(size),
    kinds: ["wait"],
    acts: ["countDown"],
    sizes: 6,
    details: 3,
  });
});

/** Arms get the round in which they were told, and whether they lead it. */
class BarrierTwin implements Twin<"wait"> {
  constructor(private readonly parties: number) {}

  next({ waiting }: Arms<"wait">): Arm<"wait"> | undefined {
    if (waiting.length === this.parties) {
      // The last that came leads, and is told at once.
      const leader = waiting.at(-1)!;
      leader.gives = leader.isFinal = true;
      for (const other of waiting.slice(0, -1)) other.gives = false;
      return leader;
    }
    return waiting.find((each) => each.gives !== undefined);
  }

  take(arm: Arm<"wait">): unknown {
    return arm.gives;
  }

  giveBack(): void {
    // it has arrived
  }

  act(): undefined {
    return undefined;
  }

  look({ waiting }: Arms<"wait">): number {
    return waiting.length;
  }
}

test("Barrier lets its parties through together, one of them as the leader", () => {
  behaves({
    real: (size) => {
      const barrier = new Barrier(size);
      return { start: () => barrier.wait(), act: () => undefined, look: () => barrier.waiting };
    },
    twin: (size) => new BarrierTwin(size),
    kinds: ["wait"],
    acts: ["nothing"],
    sizes: 4,
  });
});

const TURN = "the turn";

class OnceCellTwin implements Twin<"init" | "wait"> {
  private value: number | null = null;
  private isBusy = false;

  next({ waiting, told }: Arms<"init" | "wait">): Arm<"init" | "wait"> | undefined {
    // Those that want a turn are told first.
    const asking = waiting.find((each) => each.kind === "init");
    if (this.value !== null) {
      const arm = asking ?? waiting[0];
      if (arm !== undefined) arm.gives = arm.kind === "init" ? null : this.value;
      return arm;
    }
    if (this.isBusy || asking === undefined || told.some((each) => each.gives === TURN)) return undefined;
    asking.gives = TURN;
    return asking;
  }

  take(arm: Arm<"init" | "wait">): unknown {
    if (arm.gives !== TURN) return arm.gives;
    if (this.value !== null) return null;
    this.isBusy = true;
    return TURN;
  }

  giveBack(): void {
    // it is not told any more
  }

  act(what: string, _: number, __: unknown, id: number): unknown {
    if (what === "get") return this.value ?? "E127";
    if (what === "release") {
      if (!this.isBusy) return "E122";
      this.isBusy = false;
      return undefined;
    }
    const isFirst = this.value === null;
    if (isFirst) this.value = id;
    return isFirst;
  }

  look(): boolean {
    return this.value !== null;
  }
}

test("OnceCell has one task make its value, the next when that fails, and gives it to all", () => {
  behaves<"init" | "wait">({
    real: () => {
      const cell = new OnceCell<number>();
      const acts = {
        get: () => cell.get(),
        release: () => cell.release(),
        set: (id: number) => cell.set(id),
      };
      return {
        start: (kind) => cell[kind](),
        act: (what, _, id) => acts[what as keyof typeof acts](id),
        look: () => cell.isSet,
        given: (value) => (value === cell ? TURN : value),
      };
    },
    twin: () => new OnceCellTwin(),
    kinds: ["init", "init", "wait"],
    acts: ["release", "release", "release", "release", "release", "get", "set"],
  });
});
