/** What tasks wait for together, beside twins that look at a condition each time. */
import { AutoResetEvent, Event } from "../../core/sync/event.js";
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
