/** Whether the samples do the same by every route on every engine. */
import { findEspruino, findXs } from "../../cli/engines/find.js";
import type { Found, Group } from "../rows.js";
import { installPeers } from "./peers.js";
import { ROUTES, SAMPLES, linesOnEspruino, linesOnNode, linesOnXs, type Route } from "./samples.js";

const ROUNDS = 7;

export const equal: Group = {
  title: "samples",
  rows: (["v8", "xs", "espruino"] as const).map((engine) => ({
    id: `samples-differ-${engine}`,
    engine,
    unit: "programs",
    limit: 0,
  })),

  async measure(say) {
    const problem = await installPeers(say);
    const routes = problem === undefined ? ROUTES : (["ours"] as const);
    const expected = new Map<string, string>();
    for (const sample of SAMPLES)
      expected.set(sample, (await linesOnNode(sample, "ours", ROUNDS)).join("\n"));
    const compare = async (
      lines: (sample: string, route: Route) => Promise<readonly string[]>,
    ): Promise<Found> => {
      const wrong: string[] = [];
      for (const sample of SAMPLES) {
        say(sample);
        for (const route of routes) {
          const text = (await lines(sample, route)).join("\n");
          if (text === "" || text !== expected.get(sample)) wrong.push(`${sample} by ${route}`);
        }
      }
      const note = `${SAMPLES.length} programs by ${routes.join(", ")}, against ours in the simulator`;
      return { value: wrong.length, note: wrong.length === 0 ? note : `${note}: ${wrong.join(", ")}` };
    };
    const xs = findXs();
    const espruino = findEspruino();
    return {
      "samples-differ-v8": await compare((sample, route) => linesOnNode(sample, route, ROUNDS)),
      "samples-differ-xs":
        xs.path === undefined
          ? { skipped: xs.missing }
          : await compare((sample, route) => linesOnXs(xs.path, sample, route, ROUNDS)),
      "samples-differ-espruino":
        espruino.path === undefined
          ? { skipped: espruino.missing }
          : await compare((sample, route) => linesOnEspruino(espruino.path, sample, route, ROUNDS)),
    };
  },
};
