/** Scopes with `using` in functions that no task awaits: plain ones, callbacks, functions that give promises. */
import { spawn, task, yieldNow } from "dormouse";
import type { Board, Console } from "dormouse/hal";

let out: Console;

class Lamp {
  constructor(
    readonly name: string,
    private readonly fails = false,
  ) {
    out.write(`${name} on`);
  }

  [Symbol.dispose](): void {
    out.write(`${this.name} off`);
    if (this.fails) throw new Error(`${this.name} broke`);
  }
}

/** Closes by a promise, which is there already. */
class Valve {
  constructor(
    readonly name: string,
    private readonly fails = false,
  ) {}

  [Symbol.asyncDispose](): Promise<void> {
    out.write(`${this.name} closes`);
    if (this.fails) return Promise.reject(new Error(`${this.name} stuck`));
    return Promise.resolve();
  }
}

function told(error: unknown): string {
  const { name, message, error: latest, suppressed } = error as Record<string, unknown>;
  return name === "SuppressedError" ? `both(${told(latest)}, ${told(suppressed)})` : String(message);
}

function leave(how: string): string {
  rounds: for (const turn of [1, 2]) {
    using a = new Lamp(`a${turn}`);
    using none = turn === 1 ? null : new Lamp("b"),
      last = new Lamp("c", how === "fail");
    if (how === "break") break;
    if (how === "continue") continue rounds;
    if (how === "return") return a.name + String(none === null) + last.name;
    if (how === "throw") throw new Error("thrown");
    if (turn === 2) return nameOf();
    function nameOf(): string {
      return `${a.name} of ${how}`;
    }
  }
  return "end";
}

function over(): string {
  let names = "";
  for (using lamp of [new Lamp("x"), null, new Lamp("y")]) {
    if (lamp === null) continue;
    names += lamp.name;
  }
  for (using lamp = new Lamp("loop"); names.length < 8;) names += lamp.name;
  return names;
}

function attempt(run: () => string): void {
  try {
    out.write(run());
  } catch (error) {
    out.write(told(error));
  }
}

const closures = task(async function closures() {
  await yieldNow();
  const both = (first: string): string => {
    using a = new Lamp(first, true);
    using b = new Lamp("inner", true);
    return a.name + b.name;
  };
  attempt(() => both("outer"));
  using mine = new Lamp("mine");
  await yieldNow();
  attempt(() => `${mine.name} is on`);
});

async function later(fails: boolean): Promise<string> {
  await using valve = new Valve("valve", fails);
  using lamp = new Lamp("lamp", fails);
  // eslint-disable-next-line @typescript-eslint/await-thenable -- it waits for nothing, and may
  await using none = null;
  await Promise.resolve();
  return valve.name + lamp.name + String(none);
}

async function show(): Promise<void> {
  out.write(await later(false));
  try {
    out.write(await later(true));
  } catch (error) {
    out.write(told(error));
  }
}

export default function main(board: Board): void {
  using whole = { [Symbol.dispose]: (): void => board.console.write("main ends") };
  out = board.console;
  for (const how of ["end", "break", "continue", "return", "throw", "fail"]) attempt(() => leave(how));
  attempt(over);
  try {
    using wrong = { name: typeof whole } as unknown as Lamp;
    out.write(wrong.name);
  } catch (error) {
    out.write(String(error instanceof TypeError));
  }
  spawn(closures);
  void show();
}
