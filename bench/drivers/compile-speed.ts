/**
 * How fast the compiler is, as JSON: `node scripts/run.mjs bench/drivers/compile-speed.ts`.
 *
 *   full      a program of 10 000 lines, from reading its files to its last source map: parsed, type-checked, compiled.
 *             TypeScript is loaded, its libraries are parsed and the code is warm: a program of the same shape, a tenth as
 *             large, was compiled before
 *   change    one line in one of its modules is another one, and the program is compiled again
 *
 * Milliseconds of a clock, and of the processor, which count less of what else the machine does. Medians.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compile, packagePaths, type CompileOptions } from "../../compiler/index.js";
import { median } from "../measure/statistics.js";
import { writeLargeProgram } from "../measure/large-program.js";

const FULL_RUNS = 3;
const CHANGES = 40;

interface Time {
  readonly wall: number;
  readonly processor: number;
}

const folder = mkdtempSync(join(tmpdir(), "dormouse-speed-"));
try {
  console.log(JSON.stringify(measure()));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function measure(): object {
  const common = { backend: "arena", packages: packagePaths(DORMOUSE_ROOT) } as const;
  compile({ entry: writeLargeProgram(join(folder, "small"), 1000).entry, ...common });
  const { entry, modules, lines } = writeLargeProgram(join(folder, "large"), 10_000);
  const options: CompileOptions = { entry, ...common };
  const full: Time[] = [];
  for (let i = 0; i < FULL_RUNS; i++) full.push(timed(() => compile(options)));
  let { program } = compile(options);
  const change: Time[] = [];
  for (let i = 0; i < CHANGES; i++) {
    const file = modules[(i * 7) % modules.length] ?? entry;
    writeFileSync(file, readFileSync(file, "utf8").replace(/sum \+= n \* \d+/, `sum += n * ${i + 10}`));
    change.push(timed(() => ({ program } = compile(options, program))));
  }
  return { lines, full: medianOf(full), change: medianOf(change) };
}

function timed(body: () => unknown): Time {
  const wall = performance.now();
  const before = process.cpuUsage();
  body();
  const { user, system } = process.cpuUsage(before);
  return { wall: performance.now() - wall, processor: (user + system) / 1000 };
}

function medianOf(times: readonly Time[]): Time {
  return {
    wall: median(times.map((each) => each.wall)),
    processor: median(times.map((each) => each.processor)),
  };
}
