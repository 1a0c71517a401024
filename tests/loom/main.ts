/**
 * Explores scenarios of the lock-free structures: `node scripts/run.mjs tests/loom/main.ts [PART OF A NAME...]`; all,
 * with the big ones, take minutes. Prints a line for each, and for what is wrong the way there. Exits with 1 then.
 */
import { FILES, MORE, fault, scenariosIn } from "./check.js";
import { explore } from "./explore.js";
import { bundled, evaluate } from "./load.js";

const MOST = 3_000_000;
/** Of those that have many more. */
const BOUND = 1_000_000;

const parts = process.argv.slice(2);
let isWrong = false;
for (const file of [...FILES, ...MORE]) {
  const text = await bundled(`${file}.ts`);
  for (const scenario of scenariosIn(text)) {
    if (parts.length > 0 && !parts.some((part) => scenario.name.includes(part))) continue;
    const start = performance.now();
    const most = scenario.isBounded === true ? BOUND : MOST;
    const { states, isComplete, found } = explore(evaluate(text), scenario.name, most);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    const isCut = !isComplete && scenario.isBounded !== true;
    const end = found !== null || isCut ? ", WRONG" : isComplete ? "" : ", of more";
    console.log(
      `${scenario.name.padEnd(60)} ${String(states).padStart(8)} states ${seconds.padStart(6)} s${end}`,
    );
    isWrong ||= found !== null || isCut;
    if (found !== null) console.log(fault(text, scenario, most));
  }
}
process.exitCode = isWrong ? 1 : 0;
