// @timeout 600
/** Each small change of the lock-free structures is noticed, but for those that docs/model-checking.md explains. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as assert from "uvu/assert";
import { suite } from "../support/suite.js";
import { FILES, fault, scenariosIn, shipped } from "./check.js";
import { explore, type Scenario } from "./explore.js";
import { bundled, evaluate } from "./load.js";
import { mutantsOf } from "./mutants.js";

const test = suite("loom: mutants");

/** States of the scenarios that are tried: small ones find nearly as much as large ones, hundreds of times as fast. */
const SMALL: Readonly<Record<string, number>> = { deque: 13_000, "task-word": 8_000, channel: 11_000 };
const SMALL_ELSE = 5_000;
/** A search that goes on much longer than that of the right code has lost its way: that is noticed, too. */
const MOST = 4;

/** By file, as the page lists them: "- `the change`: why it does no harm". */
function explained(file: string): string[] {
  const page = readFileSync(join(DORMOUSE_ROOT, "docs/model-checking.md"), "utf8");
  const part = new RegExp(`^### ${file}\\.ts\n(.*?)(?=^#|\\Z)`, "ms").exec(`${page}\n#`)?.[1] ?? "";
  return [...part.matchAll(/^- `([^`]+)`/gm)].map((match) => match[1]!);
}

/** The scenarios that are small, smallest first. */
function smallOnes(text: string, small: number): Scenario[] {
  const sized = scenariosIn(text)
    .filter((each) => !each.isBig)
    .map((scenario) => ({ scenario, outcome: explore(evaluate(text), scenario.name, small) }))
    .filter(({ outcome }) => outcome.isComplete);
  return sized.sort((a, b) => a.outcome.states - b.outcome.states).map(({ scenario }) => scenario);
}

/** Those whose changes take a quarter of an hour: `npm run nightly` tries them. */
const LONG = ["ends"];
const isNight = process.env["DORMOUSE_NIGHT"] === "1";

for (const file of FILES.filter((each) => isNight || !LONG.includes(each))) {
  test(`changes of ${file} are found`, async () => {
    const text = await bundled(`${file}.ts`);
    const small = SMALL[file] ?? SMALL_ELSE;
    const scenarios = smallOnes(text, small);
    const mutants = mutantsOf(text, shipped(file));
    assert.ok(mutants.length > 5);
    const survivors = mutants.filter((mutant) =>
      scenarios.every((scenario) => fault(mutant.text, scenario, MOST * small) === null),
    );
    assert.equal(survivors.map((each) => each.name).sort(), explained(file).sort());
  });
}
