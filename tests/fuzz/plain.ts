/** The programs as plain functions, which no task runs: the stand-ins of native.ts are promises. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { buildEspruino } from "../../cli/build/device.js";
import { runEspruino } from "../../cli/engines/espruino.js";
import { lowerPlain } from "../../compiler/promises/lower.js";
import { pixl } from "../../targets/espruino/index.js";
import { bundledText, usingLowered, type Run } from "./engines.js";
import { FINISHED } from "./module.js";

/** The module `file` over promises, in a file of its own. */
function withPromises(file: string): string {
  const plain = file.replace(".ts", ".plain.ts");
  const natives = JSON.stringify(join(DORMOUSE_ROOT, "tests/fuzz/native.ts"));
  writeFileSync(plain, readFileSync(file, "utf8").replace('from "dormouse"', `from ${natives}`));
  return plain;
}

/** Lowered, on Node. */
export const promisesOnNode: Run = async (file) => {
  const { code, uses, prefix } = lowerPlain(
    await bundledText(`export { default } from ${JSON.stringify(withPromises(file))};`, [usingLowered]),
    "fuzz.js",
    {
      ownPromises: true,
      iterators: true,
    },
  );
  const runtime = await bundledText(`export * from "./core/promises/index.js";`, []);
  const names = uses.map((name) => `${name}: ${prefix}${name}`).join(", ");
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- our own text
  const load = new Function(
    `"use strict"; const { ${names} } = (() => { ${runtime} return bundle; })(); ${code} return bundle;`,
  ) as () => { default: (board: unknown) => void };
  const lines: string[] = [];
  load().default({ console: { write: (text: string) => lines.push(text) } });
  for (let turn = 0; turn < 10_000 && lines.at(-1) !== FINISHED; turn++) await setImmediate();
  return lines;
};

/** Lowered for Espruino, and run there. */
export const promisesOnEspruino =
  (binary: string): Run =>
  async (file) => {
    const { code } = await buildEspruino({ entry: withPromises(file), board: pixl, minify: true });
    const { lines, uncaught, ended } = await runEspruino(binary, code, {
      until: FINISHED,
      timeoutMs: 60_000,
    });
    return ended === "marker" && uncaught.length === 0
      ? lines
      : [...lines, ...uncaught, `0 ended by ${ended}`];
  };
