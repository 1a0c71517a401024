/** Minified bytes of the samples, with the runtime that each needs, against the best of the peers. */
import type { Found, Group } from "../rows.js";
import { PEERS, installPeers } from "./peers.js";
import { SAMPLES, espruinoText, moddableText, type Route } from "./samples.js";

export const bytes: Group = {
  title: "bytes",
  rows: [
    { id: "bytes-espruino", engine: "espruino", unit: "x best peer", limit: 0.75 },
    { id: "bytes-moddable", engine: "moddable", unit: "x best peer", limit: 0.75 },
  ],

  async measure(say) {
    const problem = await installPeers(say);
    if (problem !== undefined)
      return { "bytes-espruino": { skipped: problem }, "bytes-moddable": { skipped: problem } };
    return {
      "bytes-espruino": await ratioOf(espruinoText, say),
      "bytes-moddable": await ratioOf(moddableText, say),
    };
  },
};

async function ratioOf(
  textOf: (sample: string, route: Route) => Promise<string>,
  say: (doing: string) => void,
): Promise<Found> {
  let own = 0;
  let peers = 0;
  const each: string[] = [];
  for (const sample of SAMPLES) {
    say(sample);
    const ours = (await textOf(sample, "ours")).length;
    const others = await Promise.all(PEERS.map(async (peer) => (await textOf(sample, peer)).length));
    const best = Math.min(...others);
    own += ours;
    peers += best;
    each.push(`${sample} ${ours}/${best} (${PEERS[others.indexOf(best)] ?? ""})`);
  }
  return {
    value: own / peers,
    note: `${own} / ${peers} bytes, program and runtime, the best peer for each: ${each.join(", ")}`,
  };
}
