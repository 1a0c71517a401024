// @timeout 300
/**
 * Random actors (programs/actors.ts) on the library's executor, on the one of device builds, and uncompiled, as
 * TypeScript's generators: equal logs, and no item of a channel is lost, doubled, or received though it was not sent.
 */
import fc from "fast-check";
import { createContext, Script as Code } from "node:vm";
import { join } from "node:path";
import * as assert from "uvu/assert";
import { buildXs } from "../../cli/build/device.js";
import { buildSim, importSim, type SimModule } from "../../cli/build/sim.js";
import { importUncompiled } from "../../cli/build/uncompiled.js";
import type { Ticks } from "../../core/index.js";
import { esp32 } from "../../targets/moddable/index.js";
import { below, check } from "../support/model.js";
import { suite } from "../support/suite.js";
import type { Scene, Script, Step } from "./programs/actors.js";

const test = suite("model: executors");

const ENTRY = join(DORMOUSE_ROOT, "tests/model/programs/actors.ts");
/** Longer than the auditor takes. */
const SPAN = 400;
const RUNS = 500;

const WAITS = [
  "sleep",
  "yield",
  "yield",
  "listen",
  "receive",
  "limit",
  "choose",
  "either",
  "tick",
  "spin",
  "broken",
  "turn",
  "first",
];
const SENDS = ["send", "trySend", "offer", "trade"];
const ACTS = ["set", "set", "close", "cancel", "cancel", "throw", "spawn"];
const SCENES = ["part", "race", "limited", "nested", "mixed", "caught", "gather", "any", "limitedAll"];

const stepOf = (words: readonly string[]): fc.Arbitrary<Step> =>
  fc.tuple(fc.constantFrom(...words), below(2), below(2), below(3));
const plain = fc.oneof(stepOf(WAITS), stepOf(SENDS), stepOf(ACTS));
const steps = fc.array(plain, { maxLength: 4 });
const scene: fc.Arbitrary<Scene> = fc.record({
  step: fc.oneof(plain, stepOf(SCENES)),
  left: steps,
  right: steps,
  cleanup: fc.array(plain, { maxLength: 2 }),
});
const capacity = fc.integer({ min: 1, max: 3 });
const scripts: fc.Arbitrary<Script> = fc.record({
  capacities: fc.tuple(capacity, capacity),
  actors: fc.array(fc.array(scene, { maxLength: 5 }), { minLength: 1, maxLength: 4 }),
});

type Form = (script: Script) => string[];

let compiled: Form;
let uncompiled: Form;
let onBoard: Form;

test.before(async () => {
  compiled = inSim(await importSim(await buildSim(ENTRY, false), "actors"));
  uncompiled = inSim(await importUncompiled(ENTRY, "actors-uncompiled"));
  const { code } = await buildXs({ entry: ENTRY, board: esp32, minify: true });
  onBoard = boardForm(new Code(code));
});

const FAULT = /^task "(.*)" ended by an error/;

function inSim({ main, Sim }: SimModule): Form {
  return (script) => {
    Object.assign(globalThis, { script });
    const run = new Sim().start(main).advance(SPAN as Ticks);
    const faults = run.faults.map(({ error }) => String(error));
    return run.trace.lines.map(({ at, text }) => `${at} ${FAULT.test(text) ? faults.shift()! : text}`);
  };
}

function boardForm(code: Code): Form {
  return (script) => {
    const context = createContext({ script }) as {
      start: () => void;
      virtual: { advance: (end: number) => string };
    };
    code.runInContext(context);
    context.start();
    const events = context.virtual.advance(SPAN).split("\n");
    return events.map((event) => event.slice("line ".length).replace(/task ".*" ended by an error: /, ""));
  };
}

/** Shows the first difference with what led to it. */
function same(expected: readonly string[], actual: readonly string[], where: string): void {
  const length = Math.max(expected.length, actual.length);
  const at = Array.from({ length }).findIndex((_, i) => expected[i] !== actual[i]);
  if (at < 0) return;
  const lines = (log: readonly string[], from: number, to: number): string => log.slice(from, to).join("\n");
  const context = lines(expected, Math.max(0, at - 12), at);
  assert.unreachable(
    `${context}\n--- the library\n${lines(expected, at, at + 6)}\n--- ${where}\n${lines(actual, at, at + 6)}`,
  );
}

test("do the same, whatever tasks do to each other", () => {
  check(
    scripts,
    (script) => {
      const log = compiled(script);
      same(log, onBoard(script), "a board");
      if (!isOther(script)) same(log, uncompiled(script), "uncompiled");
    },
    RUNS,
  );
});

/**
 * Uncompiled, arms that were made before one that throws are not dropped: nobody knows of them yet. And whose turn it is next is
 * known for the whole task, not for each call.
 */
function isOther(script: Script): boolean {
  return /"(broken|turn)"/.test(JSON.stringify(script));
}

/** What must have happened to somebody in so many runs, or the scripts are about nothing. */
const OUTCOMES = [
  " true",
  " false",
  " CLOSED",
  " heard ",
  " end ",
  " caught Error",
  " spawns not: E101",
  "' is over",
  "TIMED_OUT",
  " all failed: E180",
  " had no turn",
];

test("lose no item of a channel, and double none", () => {
  const unseen = new Set(OUTCOMES);
  check(
    scripts,
    (script) => {
      const log = compiled(script);
      conserved(log);
      for (const outcome of unseen) if (log.some((line) => line.includes(outcome))) unseen.delete(outcome);
    },
    RUNS,
  );
  assert.equal([...unseen], []);
});

/** Until the auditor's last word: what was sent was received. */
function conserved(log: readonly string[]): void {
  const end = log.map((line) => / left \d+$/.test(line)).lastIndexOf(true) + 1;
  const lines = log.slice(0, end).join("\n");
  const numbers = (pattern: RegExp): number[] =>
    [...lines.matchAll(pattern)].map((match) => Number(match[1]));
  const sent = new Set(numbers(/ sent (\d+) true$/gm));
  const kept = new Set(numbers(/ sent (\d+) false$/gm));
  const got = numbers(/ received (\d+)$/gm);

  assert.is(new Set(got).size, got.length, `an item was received twice\n${lines}`);
  for (const item of got) assert.not.ok(kept.has(item), `${item} was received, but not sent\n${lines}`);
  for (const item of got) sent.delete(item);
  assert.is(sent.size, 0, `lost: ${[...sent].join(", ")}\n${lines}`);
  assert.equal(numbers(/ left (\d+)$/gm), [0, 0], `promised to nobody\n${lines}`);
}
