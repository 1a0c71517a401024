// @timeout 120
/** That frames take what the report says (compiler/frames/frame-size.ts), on V8. */
import { join } from "node:path";
import { mkdirSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import * as assert from "uvu/assert";
import { median } from "../../bench/measure/statistics.js";
import { buildSim } from "../../cli/build/sim.js";
import { suite } from "../support/suite.js";

const test = suite("alloc: frames");

const PROGRAM = `
import { ms, s, select, sleep, task, timeout } from "dormouse";
export const plain = task(async function plain(a: number, b: number) {
  for (let i = 0; i < 10; i++) await sleep(ms(a + b + i));
});
export const named = task(async function named(a: number) {
  const tick = sleep(s(1));
  await sleep(ms(a));
  await tick;
});
export const racing = task(async function racing(a: number) {
  for (;;) {
    await timeout(sleep(ms(a)), ms(5));
    await select({ a: sleep(ms(a)), b: sleep(ms(1)), c: sleep(ms(2)) });
  }
});
export default function main(): void {}
`;

const COUNT = 4000;

declare const gc: () => void;

interface Kind {
  readonly frame_: (strand: object, up: null) => object;
}

/** Bytes of one frame of `kind`: what else lives and dies meanwhile is in few of the rounds. */
function measured(kind: Kind): number {
  return median(Array.from({ length: 5 }, () => measuredOnce(kind)));
}

function measuredOnce(kind: Kind): number {
  const frames: object[] = new Array<object>(COUNT * 2);
  const strand = { arms_: null };
  // The first are there to find out how large such objects get.
  for (let i = 0; i < COUNT; i++) frames[i] = kind.frame_(strand, null);
  gc();
  const before = process.memoryUsage().heapUsed;
  for (let i = COUNT; i < 2 * COUNT; i++) frames[i] = kind.frame_(strand, null);
  gc();
  return (process.memoryUsage().heapUsed - before) / COUNT;
}

test("a frame on V8 takes the bytes that the report says, to a twelfth", async () => {
  const folder = join(DORMOUSE_ROOT, ".build/frames");
  mkdirSync(folder, { recursive: true });
  const entry = join(folder, "main.ts");
  writeFileSync(entry, PROGRAM);
  const built = await buildSim(entry, false);
  const file = join(folder, "main.mjs");
  writeFileSync(file, built.code.replace(/export \{/, "export { plain, named, racing,"));
  const module = (await import(pathToFileURL(file).href)) as Record<string, Kind>;

  for (const { name, hostWords } of built.compiled.functions) {
    const said = hostWords * 8;
    const actual = measured(module[name]!);
    assert.ok(Math.abs(actual - said) <= said / 12, `${name}: ${said} bytes said, ${actual} measured`);
  }
});
