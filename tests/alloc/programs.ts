/** The programs whose steps are measured, and their rounds by name. */
import { join } from "node:path";
import type { Rounds } from "./programs/round.js";
import * as atOnce from "./programs/at-once.js";
import * as flow from "./programs/flow.js";
import * as streams from "./programs/streams.js";
import * as steady from "./programs/steady.js";
import * as sync from "./programs/sync.js";
import * as tasks from "./programs/tasks.js";

export interface Measured {
  readonly entry: string;
  readonly names: readonly string[];
}

const measured = (name: string, rounds: Rounds): Measured => ({
  entry: join(DORMOUSE_ROOT, `tests/alloc/programs/${name}.ts`),
  names: Object.keys(rounds),
});

export const PROGRAMS: readonly Measured[] = [
  measured("steady", steady.rounds),
  measured("sync", sync.rounds),
  measured("flow", flow.rounds),
  measured("streams", streams.rounds),
  measured("tasks", tasks.rounds),
  measured("at-once", atOnce.rounds),
];

/** The round that allocates, and where it is. */
export const WASTE = { entry: PROGRAMS[0]!.entry, name: steady.WASTE };
