/**
 * `npm run emit -- PROGRAM --json`: what is known of a program's functions, for machines.
 *
 *   { "program": "examples/blink", "bytes": { "node, simulator": { "runtime": ..., "tasks": ..., "total": ... }, ... },
 *     "deepestChain": ["blink"],
 *     "functions": [{ "name": "blink", "file": ..., "line": 5, "isTask": true, "pool": 1, "pinnedBy": [...], "states": 1,
 *                     "frame": { "v8": 72, "xs": 32, "espruino": 26 }, "code": { "node, simulator": 348, ... },
 *                     "kept": [{ "name": "led", "over": ["sleep(ms(500)) :8"] }], "chain": ["blink"] }] }
 *
 * Bytes of frames are those of one instance. A target that cannot be built for is left out.
 */
import { codeBytes, sizesOf } from "./build/origins.js";
import { buildSim } from "./build/sim.js";
import type { ProgramFile } from "./programs.js";
import { deepestOf, frameBytes } from "./report/tables.js";
import { buildAll } from "./start.js";

/** Prints the report of `program`. @throws BuildError when it cannot be compiled at all */
export async function printFunctions(program: ProgramFile, print: (line: string) => void): Promise<void> {
  const { functions } = (await buildSim(program.entry, false)).compiled;
  const builds = (await buildAll(program)).flatMap((build) => ("bundle" in build ? [build] : []));
  const code = builds.map(({ target, bundle }) => ({
    target,
    bytes: codeBytes(bundle, bundle.compiled.functions),
  }));
  const report = {
    program: program.name,
    bytes: Object.fromEntries(builds.map(({ target, bundle }) => [target, sizesOf(bundle)])),
    deepestChain: deepestOf(functions),
    functions: functions.map((fn, i) => ({
      name: fn.name,
      file: fn.file,
      line: fn.from.line,
      isTask: fn.isTask,
      pool: fn.pool,
      pinnedBy: fn.pinnedBy,
      states: fn.states,
      frame: frameBytes(fn),
      code: Object.fromEntries(code.map(({ target, bytes }) => [target, bytes[i]])),
      kept: fn.kept,
      chain: fn.chain,
    })),
  };
  print(JSON.stringify(report, null, 2));
}
