/** What an await allocates, and what a resume costs on V8: the figures of `first`, with the limits of the compiler. */
import { allocation } from "../first/allocation.js";
import { espruinoMemory } from "../first/espruino-memory.js";
import { v8Switch } from "../first/v8-switch.js";
import { xsSwitch } from "../first/xs-switch.js";
import type { Group } from "../rows.js";

/** The rows of `group` in `limits`, by the limits there. */
function limited(group: Group, limits: Readonly<Record<string, number>>): Group {
  const rows = group.rows.filter((row) => row.id in limits);
  return { ...group, rows: rows.map((row) => ({ ...row, limit: limits[row.id] ?? 0 })) };
}

export const awaits: readonly Group[] = [
  limited(allocation, { "v8-bytes": 0 }),
  limited(xsSwitch, { "xs-slots": 0 }),
  limited(espruinoMemory, { "espruino-growth": 0 }),
  limited(v8Switch, { "v8-switch": 0.25 }),
];
