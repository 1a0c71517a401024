/** Bytes of the examples, minified with the runtime that they use, for each target. */
import { buildEspruino, buildModdable } from "../../cli/build/device.js";
import { pixl } from "../../targets/espruino/index.js";
import { esp32 } from "../../targets/moddable/index.js";
import { examples } from "../../cli/programs.js";
import type { Found, Group, RowSpec } from "../rows.js";

const LIMITS: Readonly<Record<string, number>> = { "size-espruino-blink": 2500 };

/** Those for boards. */
const programs = examples();

export const sizes: Group = {
  title: "sizes",
  rows: programs.flatMap(({ id }) => (["espruino", "moddable"] as const).map((engine) => spec(id, engine))),

  async measure(say) {
    const found: Record<string, Found> = {};
    for (const { id: name, entry } of programs) {
      say(name);
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
