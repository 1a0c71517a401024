/** What a round of the samples costs on engines that interpret, against the best of the peers. */
import { findEspruino, findXs } from "../../cli/engines/find.js";
import { XsEngine } from "../../cli/engines/xs.js";
import { countInstructions, findValgrind } from "../measure/callgrind.js";
import { slope } from "../measure/statistics.js";
import type { Found, Group } from "../rows.js";
import { PEERS, installPeers } from "./peers.js";
import { ROUTES, SAMPLES, linesOnEspruino, xsText, type Route } from "./samples.js";

const SHORT = 8;
const LONG = 40;

/** Runs a sample for so many rounds on the program in the place of the engine. */
type Play = (program: string, sample: string, route: Route, rounds: number) => Promise<unknown>;

export const instructions: Group = {
  title: "instructions",
  rows: [
    { id: "instructions-espruino", engine: "espruino", unit: "x best peer", limit: 0.5 },
    { id: "instructions-xs", engine: "xs", unit: "x best peer", limit: 0.5 },
  ],

  async measure(say) {
    const valgrind = findValgrind();
    const absent = valgrind === undefined ? "counted with valgrind, which is not on the PATH" : undefined;
    const problem = absent ?? (await installPeers(say));
    const espruino = findEspruino();
    const xs = findXs();
    const found = async (
      engine: { readonly path?: string; readonly missing?: string },
      play: Play,
    ): Promise<Found> => {
      if (problem !== undefined || valgrind === undefined) return { skipped: problem ?? "" };
      if (engine.path === undefined) return { skipped: engine.missing ?? "" };
      return ratioOf(valgrind, engine.path, play, say);
    };
    return {
      "instructions-espruino": await found(espruino, linesOnEspruino),
      "instructions-xs": await found(xs, playOnXs),
    };
  },
};

async function playOnXs(program: string, sample: string, route: Route, rounds: number): Promise<void> {
  const engine = new XsEngine(program);
  await engine.evaluate(await xsText(sample, route));
  await engine.evaluate(`globalThis.rounds=${rounds};program();drain();undefined`);
  await engine.close();
}

/** The geometric mean over the samples: each counts as much as any other. */
async function ratioOf(
  valgrind: string,
  binary: string,
  play: Play,
  say: (doing: string) => void,
): Promise<Found> {
  const ratios: number[] = [];
  const each: string[] = [];
  for (const sample of SAMPLES) {
    const costs: Partial<Record<Route, number>> = {};
    for (const route of ROUTES) {
      say(`${sample} by ${route}`);
      const count = (rounds: number): Promise<number> =>
        countInstructions(valgrind, binary, async (program) => {
          await play(program, sample, route, rounds);
        });
      costs[route] = slope(await count(SHORT), await count(LONG), LONG - SHORT);
    }
    const best = PEERS.reduce((a, b) => ((costs[a] ?? 0) <= (costs[b] ?? 0) ? a : b));
    const ratio = (costs.ours ?? 0) / (costs[best] ?? 1);
    ratios.push(ratio);
    each.push(`${sample} ${ratio.toFixed(2)} (${best})`);
  }
  const mean = Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length);
  const what = `geometric mean over the samples, runs of ${SHORT} and ${LONG} rounds differenced`;
  return { value: mean, note: `${what}: ${each.join(", ")}` };
}
