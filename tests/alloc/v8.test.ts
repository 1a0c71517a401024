// @timeout 600
/** What steps of compiled tasks allocate on V8: counted without a JIT, in a nursery that holds whole rounds. */
import { mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { getHeapStatistics } from "node:v8";
import * as assert from "uvu/assert";
import { bundle } from "../../cli/build/bundle.js";
import type { Executor, Instant, Platform } from "../../core/index.js";
import { suite } from "../support/suite.js";
import { PROGRAMS, WASTE } from "./programs.js";

const test = suite("alloc: V8");

const SHORT = 500;
const LONG = 5500;
const TRIES = 20;
/** Of one object without a field: the smallest thing there is. */
const LEAST = 16;

declare const gc: () => void;

interface Program {
  readonly main: () => void;
  readonly Executor: new (platform: Platform) => Executor;
}

type Play = (name: string, steps: number) => void;

async function load(entry: string): Promise<Program> {
  const built = await bundle({
    entry,
    backend: "arena",
    minify: false,
    wrapper: () =>
      `export { default as main } from ${JSON.stringify(entry)}; export { Executor } from "dormouse";`,
    esbuild: { format: "esm", target: "es2022", platform: "neutral" },
  });
  const folder = join(DORMOUSE_ROOT, ".build/alloc");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${basename(entry, ".ts")}.mjs`);
  writeFileSync(file, built.code);
  return (await import(pathToFileURL(file).href)) as Program;
}

/** Plays rounds to their end, a tick for each turn. The clock starts where an int32 is about to wrap. */
function player({ main, Executor }: Program): Play {
  let now = 0x7fff0000;
  const platform: Platform = { now: () => now as Instant, setAlarm: () => undefined, pend: () => undefined };
  const executor = new Executor(platform);
  return (name, steps) => {
    const state = { isOver: false };
    const end = (): void => {
      state.isOver = true;
    };
    Object.assign(globalThis, { round: { name, steps, end } });
    executor.enter(main);
    // To the end, and through what its last turn leaves ready.
    while (executor.turn() || !state.isOver) now = (now + 1) | 0;
  };
}

/**
 * Bytes for each step: the engine adds what a round costs however long it is, which differs from one to the next, so
 * that the pair of rounds tells that differs least. A long round that takes what a short one beside it took proves
 * that steps take nothing.
 */
function bytesPerStep(play: Play, name: string): number {
  const bytes = (steps: number): number => {
    gc();
    const before = getHeapStatistics().used_heap_size;
    play(name, steps);
    return getHeapStatistics().used_heap_size - before;
  };
  let least = Infinity;
  for (let i = 0; i < TRIES && least !== 0; i++) {
    const short = bytes(SHORT);
    least = Math.min(least, Math.abs(bytes(LONG) - short));
  }
  return least / (LONG - SHORT);
}

for (const { entry, names } of PROGRAMS) {
  let play: Play;

  test.before(async () => {
    play = player(await load(entry));
  });

  for (const name of names) {
    test(`${name} allocates nothing`, () => {
      assert.is(bytesPerStep(play, name), 0);
    });
  }

  if (WASTE.entry !== entry) continue;
  test("one more object in each step is seen", () => {
    assert.ok(bytesPerStep(play, WASTE.name) >= LEAST);
  });
}
