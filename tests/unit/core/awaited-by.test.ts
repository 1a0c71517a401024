/** Async stacks: an error that ends a task says who awaited what threw. */
import * as assert from "uvu/assert";
import { faultText } from "../../../cli/report/fault.js";
import { faultText as faultOnNode } from "../../../targets/node/run.js";
import { compileProgram } from "../../support/program.js";
import { suite } from "../../support/suite.js";

const test = suite("core/awaited-by");

/** The faults of a program whose `main` spawns them. */
async function faultsOf(source: string): Promise<{ awaitedBy: string[]; stack: string; text: string }[]> {
  const load = await compileProgram<{ default: () => void }>(source);
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

test("names the calls down to the task, each at its await", async () => {
  const [fault] = await faultsOf(`
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
  `);

  const chain = ["Sensor.twice (program.ts:10)", "sampler (program.ts:16)", 'task "sampler"'];
  assert.equal(fault!.awaitedBy, chain);
  assert.match(fault!.stack, /^Error: no answer\n {4}at .*program\.ts:4/);
  assert.ok(fault!.stack.endsWith(chain.map((each) => `\n    awaited by ${each}`).join("")));
  assert.match(fault!.text, /^no answer \(.*\.ts:4:\d+\)\n {4}awaited by Sensor\.twice \(.*:10\)\n/);
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
