/** A signal beside its twin. */
import { Signal } from "../../core/sync/signal.js";
import { behaves, type Arm, type Arms, type Twin } from "../support/parties.js";
import { suite } from "../support/suite.js";

const test = suite("model: core/sync/signal");

/** A value is for the oldest waiter, unless somebody was promised it already. */
class SignalTwin implements Twin<"wait"> {
  private value: number | null = null;

  next({ waiting, told }: Arms<"wait">): Arm<"wait"> | undefined {
    return this.value !== null && told.length === 0 ? waiting[0] : undefined;
  }

  take(): number | null {
    const value = this.value;
    this.value = null;
    return value;
  }

  giveBack(): void {
    // the value is there still
  }

  act(_: string, __: number, ___: unknown, id: number): void {
    this.value = id;
  }

  look(): null {
    return null;
  }
}

test("gives the latest value, once, to the oldest who waits and is still there", () => {
  behaves({
    real: () => {
      const signal = new Signal<number>();
      return {
        start: () => signal.wait(),
        act: (_, __, id) => {
          signal.set(id);
        },
        look: () => null,
      };
    },
    twin: () => new SignalTwin(),
    kinds: ["wait"],
    acts: ["set"],
  });
});
