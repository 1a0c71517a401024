/** The executor, over compiled tasks that write what they do into one log, which is compared whole. */
import * as assert from "uvu/assert";
import type { Signal, TaskId, TaskKind } from "../../../core/index.js";
import { loadProgram, type Loaded } from "../../support/program.js";
import { suite } from "../../support/suite.js";

interface Program {
  readonly log: string[];
  readonly hello: TaskKind<[string], void>;
}

const SOURCE = `
  export const log: string[] = [];
  export const hello = task(async function hello(name: string) { log.push(name); await sleep(ms(5)); log.push(name + " slept"); }, { pool: 3 });
`;

const test = suite("core/executor");
let loaded: Loaded<Program>;

test.before(async () => { loaded = await loadProgram(SOURCE); });

test("runs", () => {
  const sim = new loaded.sim.Sim();
  sim.spawn(loaded.program.hello, "a");
  sim.advance(loaded.core.ms(10));
  assert.equal(loaded.program.log, ["a", "a slept"]);
});
