/** How fast the compiler is. */
import { join } from "node:path";
import { runDriver } from "../measure/child.js";
import type { Group } from "../rows.js";

interface Time {
  readonly wall: number;
  readonly processor: number;
}

interface Speed {
  readonly lines: number;
  readonly full: Time;
  readonly change: Time;
}

export const speed: Group = {
  title: "speed",
  rows: [
    { id: "compile-10000-lines", engine: "v8", unit: "ms", limit: 2000 },
    { id: "compile-change", engine: "v8", unit: "ms", limit: 50 },
  ],

  async measure(say) {
    say("a program of 10000 lines");
    const driver = join(DORMOUSE_ROOT, "bench/drivers/compile-speed.ts");
    const { lines, full, change } = await runDriver<Speed>(join(DORMOUSE_ROOT, "scripts/run.mjs"), [driver]);
    const note = (time: Time): string => `${time.processor.toFixed(0)} ms of the processor`;
    return {
      "compile-10000-lines": {
        value: full.wall,
        note: `${lines} lines, types checked, with maps, after start-up; ${note(full)}`,
      },
      "compile-change": { value: change.wall, note: `one line of it is another one; ${note(change)}` },
    };
  },
};
