/** Pools beside a twin that keeps a plain list of what is free. */
import { ObjectPool } from "../../core/pools/object-pool.js";
import { behaves, type Arm, type Arms, type Twin } from "../support/parties.js";
import { suite } from "../support/suite.js";

const test = suite("model: pools");

const SIZE = 2;

class PoolTwin implements Twin<"borrow"> {
  private readonly free = Array.from({ length: SIZE }, (_, i) => SIZE - 1 - i);
  private readonly held: number[] = [];
  private told = 0;

  next({ waiting, told }: Arms<"borrow">): Arm<"borrow"> | undefined {
    this.told = told.length;
    return this.told < this.free.length ? waiting[0] : undefined;
  }

  take(): number {
    const item = this.free.pop()!;
    this.held.push(item);
    this.told--;
    return item;
  }

  giveBack(): void {
    this.told--;
  }

  act(what: string): unknown {
    if (what === "try") return this.free.length > this.told ? this.takeNow() : null;
    if (what === "twice") return this.free.length > 0 ? "E181" : null;
    const item = this.held.shift();
    if (item !== undefined) this.free.push(item);
    return undefined;
  }

  private takeNow(): number {
    const item = this.free.pop()!;
    this.held.push(item);
    return item;
  }

  look(): unknown {
    return [this.held.length === 0 ? "none out" : "E183", this.held.length];
  }
}

function codeOf(body: () => void, otherwise: string): string {
  try {
    body();
    return otherwise;
  } catch (error) {
    return (error as { code: string }).code;
  }
}

test("a pool lends what is free, in the order of those who wait", () => {
  behaves({
    real: () => {
      const pool = new ObjectPool(SIZE, (i) => i);
      const held: number[] = [];
      const free = (): number | undefined => [0, 1].find((each) => !held.includes(each));
      return {
        start: () => pool.borrow(),
        given: (value) => {
          held.push(value as number);
          return value;
        },
        act: (what) => {
          if (what === "try") {
            const item = pool.tryBorrow();
            if (item !== null) held.push(item);
            return item;
          }
          if (what === "twice") {
            const item = free();
            return item === undefined ? null : codeOf(() => pool.giveBack(item), "taken");
          }
          const item = held.shift();
          if (item !== undefined) pool.giveBack(item);
          return undefined;
        },
        look: () => [codeOf(() => pool.check(), "none out"), held.length],
      };
    },
    twin: () => new PoolTwin(),
    kinds: ["borrow"],
    acts: ["try", "give", "give", "twice"],
  });
});
