/**
 * Explores scenarios of the lock-free structures: `node scripts/run.mjs tests/loom/main.ts [PART OF A NAME...]`; all,
 * with the big ones, take minutes. Prints a line for each, and for what is wrong the way there. Exits with 1 then.
 */
import { FILES, MORE, fault, scenariosIn } from "./check.js";
import { explore } from "./explore.js";
import { bundled, evaluate } from "./load.js";

const MOST = 3_000_000;

const parts = process.argv.slice(2);
let isWrong = false;
for (const file of [...FILES, ...MORE]) {
  const text = await bundled(`${file}.ts`);
  for (const scenario of scenariosIn(text)) {
    if (parts.length > 0 && !parts.some((part) => scenario.name.includes(part))) continue;
    const start = performance.now();
    const { states, isComplete, found } = explore(evaluate(text), scenario.name, MOST);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    const end = found === null ? (isComplete ? "" : ", and there are more") : ", WRONG";
    console.log(
      `${scenario.name.padEnd(60)} ${String(states).padStart(8)} states ${seconds.padStart(6)} s${end}`,
    );
    if (found === null) continue;
    isWrong = true;
    console.log(fault(text, scenario, MOST));
  }
}
process.exitCode = isWrong ? 1 : 0;
