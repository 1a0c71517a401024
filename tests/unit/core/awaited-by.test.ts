/** Async stacks: an error that ends a task says who awaited what threw. */
import * as assert from "uvu/assert";
import type { Backend } from "../../../compiler/index.js";
import { faultText } from "../../../cli/report/fault.js";
import { faultText as faultOnNode } from "../../../targets/node/run.js";
import { compileProgram } from "../../support/program.js";
import { suite } from "../../support/suite.js";

const test = suite("core/awaited-by");

/** The faults of a program whose `main` spawns them. */
async function faultsOf(
  source: string,
  backend: Backend = "arena",
): Promise<{ awaitedBy: string[]; stack: string; text: string }[]> {
  const load = await compileProgram<{ default: () => void }>(source, backend);
  const { program, sim, core } = await load();
  const { faults } = new sim.Sim().start(program.default).advance(core.ms(100));
  return faults.map(({ error }) => {
    const { awaitedBy, stack } = error as Error & { awaitedBy: string[] };
    return { awaitedBy: awaitedBy.map(withoutFile), stack: withoutFile(stack ?? ""), text: faultText(error) };
  });
}

/** Programs of tests are called after what is in them. */
function withoutFile(text: string): string {
  return text.replaceAll(/\b[0-9a-f]{12}\.ts/g, "program.ts");
}

for (const backend of ["arena", "shared"] as const)
  test(`names the calls down to the task, each at its await: ${backend}`, async () => {
    const [fault] = await faultsOf(
      `
    async function read(n: number): Promise<number> {
      await sleep(ms(1));
      if (n === 2) throw new Error("no answer");
      return n;
    }
    class Sensor {
      async twice(n: number): Promise<number> {
        return (await read(n)) +
          (await read(n + 1));
      }
    }
    const sampler = task(async function sampler() {
      const sensor = new Sensor();
      for (let n = 0; ; n++) {
        await sensor.twice(n);
      }
    });
    export default function main(): void { spawn(sampler); }
  `,
      backend,
    );

    const chain = ["Sensor.twice (program.ts:10)", "sampler (program.ts:16)", 'task "sampler"'];
    assert.equal(fault!.awaitedBy, chain);
    assert.match(fault!.stack, /^Error: no answer\n {4}at .*program\.ts:4/);
    assert.ok(fault!.stack.endsWith(chain.map((each) => `\n    awaited by ${each}`).join("")));
    assert.match(
      fault!.text,
      /^no answer\n {4}at read \(.*\.ts:4:\d+\)\n {4}awaited by Sensor\.twice \(.*:10\)\n/,
    );
  });

for (const backend of ["arena", "shared"] as const)
  test(`tells of calls that nothing waited in, and of what caused the error: ${backend}`, async () => {
    const faults = await faultsOf(
      `
    function check(n: number): void {
      if (n > 1) throw new RangeError("too many");
    }
    async function early(n: number): Promise<void> {
      [n].forEach((each) => {
        check(each);
      });
      await sleep(ms(1));
    }
    async function middle(n: number): Promise<void> {
      await early(
        n,
      );
    }
    const thrower = task(async function thrower() { await middle(2); });
    async function wrapped(): Promise<void> {
      try {
        await middle(3);
      } catch (cause) {
        await sleep(ms(1));
        throw new Error("wrapped", { cause });
      }
    }
    const wrapper = task(async function wrapper() { await wrapped(); });
    export default function main(): void { spawn(thrower); spawn(wrapper); }
  `,
      backend,
    );

    const [thrown, wrapped] = faults.map(({ text }) =>
      text.replaceAll(/ \([^ ]*\.ts:(\d+)(:\d+)?\)/g, " :$1"),
    );
    const calls = ["RangeError: too many", "at check :3", "at <anonymous> :7", "at early :6"];
    const one = [...calls, "awaited by middle :12", "awaited by thrower :16", 'awaited by task "thrower"'];
    assert.is(thrown, one.join("\n    "));
    const outer = ["wrapped", "at wrapped :22", "awaited by wrapper :25", 'awaited by task "wrapper"'];
    const callers = ["middle :12", "wrapped :19", "wrapper :25", 'task "wrapper"'].map(
      (each) => `awaited by ${each}`,
    );
    assert.is(wrapped, `${outer.join("\n    ")}\n  caused by ${[...calls, ...callers].join("\n      ")}`);
  });

test("goes on from an arm to the select, and names the first place of an error that is thrown again", async () => {
  const [fault] = await faultsOf(`
    async function fail(): Promise<void> {
      await sleep(ms(1));
      throw new Error("arm");
    }
    async function race(): Promise<void> {
      await select({ fails: fail(), late: sleep(ms(50)) });
    }
    const racer = task(async function racer() {
      try {
        await race();
      } catch (error) {
        await sleep(ms(1));
        throw error;
      }
    });
    export default function main(): void { spawn(racer); }
  `);

  assert.equal(fault!.awaitedBy, ["race (program.ts:7)", "racer (program.ts:11)", 'task "racer"']);
});

test("leaves what is no error, or cannot be extended, as it was", async () => {
  const load = await compileProgram<{ default: () => void }>(`
    const plain = task(async function plain() { await sleep(ms(1)); throw "text"; });
    const frozen = task(async function frozen() { await sleep(ms(1)); throw Object.freeze(new Error("ice")); });
    export default function main(): void { spawn(plain); spawn(frozen); }
  `);
  const { program, sim, core } = await load();
  const { faults } = new sim.Sim().start(program.default).advance(core.ms(100));

  assert.is(faults[0]!.error, "text");
  assert.is((faults[1]!.error as Error).message, "ice");
});

test("leaves alone what throws when it is looked at", async () => {
  const load = await compileProgram<{ default: () => void }>(`
    class Message extends Error { get message(): string { throw new Error("no message"); } }
    class Stack extends Error { get stack(): string { throw new Error("no stack"); } }
    class Awaited extends Error { get awaitedBy(): string[] { throw new Error("nobody"); } }
    class Numbers extends Error { stack = 5 as never; awaitedBy = 6; }
    const no = (): never => { throw new Error("no proxy"); };
    const ODD: readonly (() => unknown)[] = [
      () => new Message(), () => new Stack(), () => new Awaited(), () => new Numbers(),
      () => new Proxy({}, { get: no, getPrototypeOf: no, isExtensible: no }),
    ];
    async function read(i: number): Promise<number> {
      await sleep(ms(1));
      throw ODD[i]!();
    }
    const thrower = task(async function thrower(i: number) { await read(i); }, { pool: 5 });
    export default function main(): void {
      for (let i = 0; i < 5; i++) spawn(thrower, i);
    }`);
  const { program, sim, core } = await load();
  const { faults } = new sim.Sim().start(program.default).advance(core.ms(100));
  assert.is(faults.length, 5);
  for (const { error } of faults) {
    assert.type(faultText(error), "string");
    assert.match(faultOnNode("thrower", error), /^task "thrower" ended by an error: /);
  }
});
