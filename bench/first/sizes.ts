/** Bytes of the examples, minified with the runtime that they use, for each target. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { buildEspruino, buildModdable } from "../../cli/build/device.js";
import { pixl } from "../../targets/espruino/index.js";
import { esp32 } from "../../targets/moddable/index.js";
import type { Found, Group, RowSpec } from "../rows.js";

const FOLDER = join(DORMOUSE_ROOT, "examples");
const LIMITS: Readonly<Record<string, number>> = { "size-espruino-blink": 2500 };

const examples = readdirSync(FOLDER, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .sort();

export const sizes: Group = {
  title: "sizes",
  rows: examples.flatMap((name) => (["espruino", "moddable"] as const).map((engine) => spec(name, engine))),

  async measure(say) {
    const found: Record<string, Found> = {};
    for (const name of examples) {
      say(name);
      const entry = join(FOLDER, name, "main.ts");
      const espruino = await buildEspruino({ entry, board: pixl, minify: true });
      const moddable = await buildModdable({ entry, board: esp32, minify: true });
      found[`size-espruino-${name}`] = sizeOf(
        espruino.code,
        `examples/${name} with its runtime, minified ES5`,
      );
      found[`size-moddable-${name}`] = sizeOf(
        moddable.code,
        `examples/${name} with its runtime, minified source`,
      );
    }
    return found;
  },
};

function spec(name: string, engine: "espruino" | "moddable"): RowSpec {
  const id = `size-${engine}-${name}`;
  const limit = LIMITS[id];
  return { id, engine, unit: "bytes", ...(limit === undefined ? {} : { limit }) };
}

function sizeOf(code: string, note: string): Found {
  return { value: Buffer.byteLength(code), note };
}
