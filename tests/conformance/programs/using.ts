/** Scopes with `using`: what they hold is disposed of in reverse order, whichever way they are left. */
import { Channel, TIMED_OUT, cancel, ms, select, sleep, spawn, task, timeout, yieldNow } from "dormouse";
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

class Valve {
  constructor(
    readonly name: string,
    private readonly fails = false,
  ) {
    out.write(`${name} opens`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      await sleep(ms(2));
      out.write(`${this.name} closes`);
      if (this.fails) throw new Error(`${this.name} stuck`);
    } finally {
      await yieldNow();
      out.write(`${this.name} closed`);
    }
  }
}

function told(error: unknown): string {
  const { name, message, error: latest, suppressed } = error as Record<string, unknown>;
  return name === "SuppressedError" ? `both(${told(latest)}, ${told(suppressed)})` : String(message);
}

async function leave(how: string): Promise<string> {
  for (const turn of [1, 2]) {
    using a = new Lamp(`a${turn}`);
    await yieldNow();
    using b = turn === 1 ? null : new Lamp("b2"),
      c = new Lamp("c");
    if (how === "break") break;
    if (how === "continue") continue;
    if (how === "return") return a.name + String(b === null) + c.name;
    if (how === "throw") throw new Error("thrown");
    await sleep(ms(1));
  }
  return "end";
}

async function leaveWaiting(how: string): Promise<string> {
  for (const turn of [1, 2]) {
    await using a = new Valve(`v${turn}`);
    await using none = turn === 1 ? undefined : new Valve("w");
    // eslint-disable-next-line @typescript-eslint/await-thenable -- it waits for nothing, and may
    await using lamp = new Lamp("l");
    if (how === "break") break;
    if (how === "return") return a.name + String(none === undefined) + lamp.name;
    if (how === "throw") throw new Error("thrown");
  }
  return "end";
}

async function failing(how: string): Promise<void> {
  await using first = new Valve("first", true);
  using second = new Lamp("second", true);
  await using third = new Valve("third", how !== "second");
  if (how === "throw") throw new Error(first.name + second.name + third.name);
}

async function notDisposable(): Promise<void> {
  using before = new Lamp("before");
  using wrong = { name: before.name } as unknown as Lamp;
  out.write(`never ${wrong.name}`);
}

async function loops(): Promise<number> {
  let sum = 0;
  const kept: (() => string)[] = [];
  for (using lamp of [new Lamp("x"), null, new Lamp("z")]) {
    kept.push(() => String(lamp?.name));
    if (lamp === null) continue;
    await sleep(ms(1));
    if (lamp.name === "z") break;
    sum++;
  }
  for (using lamp = new Lamp("loop"); sum < 4; sum++) {
    kept.push(() => lamp.name + sum);
    await yieldNow();
  }
  for (await using valve of [new Valve("p"), new Valve("q")]) kept.push(() => valve.name);
  out.write(kept.map((each) => each()).join());
  switch (sum) {
    case 4: {
      using lamp = new Lamp("case");
      sum += lamp.name.length;
      break;
    }
    default:
      sum = 0;
  }
  {
    using lamp = new Lamp("no await");
    if (sum === 8) return lamp.name.length;
  }
  return sum;
}

const main1 = task(async function main1() {
  for (const how of ["end", "break", "continue", "return", "throw"]) {
    try {
      out.write(`${how}: ${await leave(how)}`);
      out.write(`${how}: ${await leaveWaiting(how)}`);
    } catch (error) {
      out.write(`${how}: ${told(error)}`);
      try {
        out.write(await leaveWaiting(how));
      } catch (second) {
        out.write(told(second));
      }
    }
  }
  for (const how of ["first", "second", "throw"]) {
    try {
      await failing(how);
    } catch (error) {
      out.write(`${how}: ${told(error)}`);
    }
  }
  try {
    await notDisposable();
  } catch (error) {
    out.write(String(error instanceof TypeError));
  }
  out.write(String(await loops()));
  spawn(dropped);
});

async function hold(name: string): Promise<void> {
  await using valve = new Valve(name);
  using lamp = new Lamp(name);
  await sleep(ms(50));
  out.write(`never ${valve.name}${lamp.name}`);
}

/** Losing a select and a cancel dispose as a return does, also one that comes while something is disposed of. */
const dropped = task(async function dropped() {
  const late = await timeout(hold("arm"), ms(5));
  out.write(String(late === TIMED_OUT));
  const { arm } = await select({ hold: hold("lost"), tick: sleep(ms(3)) });
  out.write(arm);
  const channel = new Channel<number>(1);
  const id = spawn(cancelled, channel);
  await sleep(ms(3));
  cancel(id);
  await channel.receive();
  out.write("cancelled");
});

const cancelled = task(async function cancelled(channel: Channel<number>) {
  try {
    await using slow = new Valve("slow");
    {
      await using quick = new Valve("quick");
      out.write(slow.name + quick.name);
      await sleep(ms(2));
    }
    out.write("never");
  } finally {
    channel.trySend(1);
  }
});

export default function main(board: Board): void {
  out = board.console;
  spawn(main1);
}
