/** The engines as a command wants them: found, and seen to work before anything is asked of them. */
import { runEspruino } from "./espruino.js";
import { findEspruino, findXs, type Found } from "./find.js";
import { XsEngine } from "./xs.js";

/** For a line of script; an engine answers in a tenth of a second, a busy computer makes it some. */
const LIMIT_MS = 10_000;

/** XS, if it answers. */
export async function workingXs(found = findXs(), limitMs = LIMIT_MS): Promise<Found> {
  if (found.path === undefined) return found;
  const xs = new XsEngine(found.path, { timeoutMs: limitMs });
  try {
    await xs.evaluate("1");
    return found;
  } catch (error) {
    const advice = 'run "npm rebuild @agoric/xsnap" to build it anew';
    return {
      missing: `"${found.path}" does not work: ${(error as Error).message}; ${advice}`,
      isWrong: true,
    };
  } finally {
    await xs.close();
  }
}

/** Espruino, if the program of that name is one. */
export async function workingEspruino(found = findEspruino(), limitMs = LIMIT_MS): Promise<Found> {
  if (found.path === undefined) return found;
  const problem = await espruinoProblem(found.path, limitMs);
  if (problem === undefined) return found;
  return { missing: `"${found.path}" is not Espruino: it ${problem}`, isWrong: true };
}

async function espruinoProblem(binary: string, limitMs: number): Promise<string | undefined> {
  try {
    const options = { until: /^\d+v\d+/, timeoutMs: limitMs };
    const { ended, code } = await runEspruino(binary, "print(process.version)", options);
    if (ended === "marker") return undefined;
    if (ended === "timeout") return `did not run a line of script within ${limitMs} ms`;
    return code === null ? "was killed" : `ended with exit code ${code}`;
  } catch (error) {
    return `cannot be started (${(error as Error).message})`;
  }
}
