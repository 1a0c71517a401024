/**
 * Looks for programs that two ways to run them disagree on:
 *
 *   node scripts/run.mjs tests/fuzz/main.ts [--way arena|arena-min|shared|shared-min|moving|promise|promise-espruino|board|board-min|uncompiled|xs|espruino]
 *                                           [--seed 1] [--count 100] [--batch 24] [--timed] [--cancelled] [--numeric] [--whole]
 */
import { parseArgs } from "node:util";
import { findEspruino, findXs } from "../../cli/engines/find.js";
import { BATCH, disagreements, shrunk, type Ways } from "./compare.js";
import * as engines from "./engines.js";
import { generate } from "./generate.js";
import { generateNumeric } from "./numeric.js";
import { counts, movingOnNode } from "./moving.js";
import * as plain from "./plain.js";
import { render, type FuzzProgram } from "./tree.js";

const { values } = parseArgs({
  options: {
    way: { type: "string", default: "arena" },
    seed: { type: "string", default: "1" },
    count: { type: "string", default: "100" },
    // Programs of one module: a single one needs less of the executor.
    batch: { type: "string", default: String(BATCH) },
    timed: { type: "boolean", default: false },
    // As timed, and each program is cancelled at a random time.
    cancelled: { type: "boolean", default: false },
    numeric: { type: "boolean", default: false },
    whole: { type: "boolean", default: false },
  },
});

function runOf(way: string): engines.Run {
  const xs = findXs();
  const espruino = findEspruino();
  if (way === "arena") return engines.arenaOnNode(false);
  if (way === "arena-min") return engines.arenaOnNode(true);
  if (way === "shared") return engines.sharedOnNode(false);
  if (way === "shared-min") return engines.sharedOnNode(true);
  if (way === "moving") return movingOnNode(Number(values.seed));
  if (way === "board") return engines.boardOnNode(false);
  if (way === "board-min") return engines.boardOnNode(true);
  if (way === "promise") return plain.promisesOnNode;
  if (way === "promise-espruino" && "path" in espruino) return plain.promisesOnEspruino(espruino.path);
  if (way === "uncompiled") return engines.uncompiledOnNode;
  if (way === "xs" && "path" in xs) return engines.boardOnXs(xs.path);
  if (way === "espruino" && "path" in espruino) return engines.boardOnEspruino(espruino.path);
  throw new Error(`no way "${way}" here`);
}

const isTimed = values.timed || values.cancelled;
const ways: Ways = {
  name: values.way,
  right: isTimed ? engines.uncompiledOnNode : engines.onPromises,
  tried: runOf(values.way),
};
/** Programs that keep numbers alone can move between threads. */
const make = (at: number): FuzzProgram => {
  const program = values.numeric
    ? generateNumeric(at, isTimed)
    : generate(at, isTimed, /^promise|^espruino$/.test(values.way));
  return values.cancelled ? { ...program, cancelledAt: 1 + 2 * (at % 12) } : program;
};
let bad = 0;
const last = Number(values.seed) + Number(values.count);
const batch = Number(values.batch);
for (let seed = Number(values.seed); seed < last; seed += batch) {
  const count = Math.min(batch, last - seed);
  const programs = Array.from({ length: count }, (_, i) => make(seed + i));
  for (const found of await disagreements(programs, ways)) {
    bad++;
    const { program, expected, actual } = values.whole ? found : await shrunk(found, ways);
    console.log(
      `\n=== seed ${program.seed}\n${render(program, 0)}\n--- expected\n${expected}\n--- actual\n${actual}`,
    );
    if (actual.startsWith("not built")) break;
  }
}
const moved = values.way === "moving" ? `, ${counts.moves} moves, ${counts.stays} times it stayed` : "";
console.log(`\n${values.way}: ${values.count} programs from seed ${values.seed}, ${bad} differ${moved}`);
