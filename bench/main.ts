/**
 * `npm run bench [-- AREA...] [--json] [--save]`: measures, and compares with the limits of the issues.
 *
 * Prints a row for each figure; exits with 1 when one misses its limit. Ratios are taken in one run, so that a slow
 * or busy machine counts on both sides.
 */
import { readRequest, type Request } from "./request.js";
import { AREAS } from "./areas.js";
import { saveResults } from "./results.js";
import { jsonOf, summaryOf, tableOf } from "./report.js";
import { measureGroup, type Row } from "./rows.js";

const request = readRequest(process.argv.slice(2), [...AREAS.keys()]);
if (typeof request === "string") console.error(request);
process.exitCode = typeof request === "string" ? 1 : await run(request);

async function run({ areas, json, save, isChosen }: Request): Promise<number> {
  const rows: Row[] = [];
  for (const area of areas) {
    const groups = AREAS.get(area) ?? [];
    const first = rows.length;
    if (groups.length === 0 && isChosen) console.error(`${area}: no rows yet`);
    for (const group of groups) {
      const say = (doing: string): void => console.error(`... ${group.title}: ${doing}`);
      const measured = await measureGroup(area, group, say);
      if (json) measured.forEach((row) => console.log(jsonOf(row)));
      rows.push(...measured);
    }
    if (save && rows.length > first) console.error(`... ${saveResults(area, rows.slice(first))}`);
  }
  if (!json && rows.length > 0) console.log(`${tableOf(rows)}\n\n${summaryOf(rows)}`);
  return rows.some((row) => row.ok === false) ? 1 : 0;
}
