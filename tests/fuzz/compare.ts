/** Runs random programs two ways and finds a small one that they disagree on. */
import { BuildError } from "../../cli/build/bundle.js";
import { programFile, type Run } from "./engines.js";
import { logsOf, moduleText, type CancelPlan } from "./module.js";
import { render, smaller, type FuzzProgram } from "./tree.js";

/** Programs of one module; a board's executor has room for few. */
export const BATCH = 24;

/** Two ways to run a module; the first is right. */
export interface Ways {
  readonly name: string;
  readonly right: Run;
  readonly tried: Run;
}

/** Where the two ways disagree. */
export interface Disagreement {
  readonly program: FuzzProgram;
  readonly expected: string;
  readonly actual: string;
}

/** When each of `programs` is cancelled, by what it says of itself: a smaller one that was made from it the same. */
function planOf(programs: readonly FuzzProgram[]): CancelPlan {
  return programs.flatMap(({ cancelledAt }, i) =>
    cancelledAt === undefined ? [] : [[i, cancelledAt] as const],
  );
}

/** What `programs` wrote, each in both ways; a module that cannot be built says so for all of its programs. */
export async function disagreements(
  programs: readonly FuzzProgram[],
  ways: Ways,
  plan: CancelPlan = planOf(programs),
): Promise<Disagreement[]> {
  const file = await programFile(
    `${ways.name}-${programs[0]!.seed}-${process.pid}`,
    moduleText(programs, plan),
  );
  const expected = logsOf(await ways.right(file), programs.length);
  const actual = await logsOrProblem(file, ways.tried, programs.length);
  return programs
    .map((program, i) => ({ program, expected: expected[i]!, actual: actual[i]! }))
    .filter((each) => each.expected !== each.actual);
}

async function logsOrProblem(file: string, run: Run, count: number): Promise<string[]> {
  try {
    return logsOf(await run(file), count);
  } catch (error) {
    const text =
      error instanceof BuildError
        ? error.diagnostics.map((each) => `${each.code} :${each.line} ${each.message}`).join("\n")
        : String(error);
    return Array.from({ length: count }, () => `not built: ${text}`);
  }
}

/** A smaller program that the ways still disagree on; `rounds` bounds the search. */
export async function shrunk(found: Disagreement, ways: Ways, rounds = 60): Promise<Disagreement> {
  let best = found;
  for (let round = 0; round < rounds; round++) {
    const better = await smallerDisagreement(best, ways);
    if (better === undefined) return best;
    best = better;
  }
  return best;
}

async function smallerDisagreement(found: Disagreement, ways: Ways): Promise<Disagreement | undefined> {
  const candidates = smaller(found.program).sort((a, b) => render(a, 0).length - render(b, 0).length);
  for (let at = 0; at < candidates.length; at += BATCH) {
    const still = await disagreements(candidates.slice(at, at + BATCH), ways).catch(() => []);
    // A name or method whose declaration went away is no news, and neither is a program that is refused.
    const news = /is not defined|before initialization|not built|is not a function|Cannot read/;
    const real = still.filter((each) => !news.test(each.expected + each.actual));
    if (real.length > 0) return real[0];
  }
  return undefined;
}
