/** The smallest program there is, with all that it needs. */
import { join } from "node:path";
import { buildEspruino, buildModdable } from "../../cli/build/device.js";
import { findXs } from "../../cli/engines/find.js";
import { pixl } from "../../targets/espruino/index.js";
import { esp32 } from "../../targets/moddable/index.js";
import { bytecodeOf } from "../measure/xs-bytecode.js";
import type { Found, Group } from "../rows.js";

export const blink: Group = {
  title: "blink",
  rows: [
    { id: "blink-espruino", engine: "espruino", unit: "bytes", limit: 1600 },
    { id: "blink-xs-bytecode", engine: "moddable", unit: "bytes", limit: 4000 },
  ],

  async measure(say) {
    const entry = join(DORMOUSE_ROOT, "examples/blink/main.ts");
    const { code } = await buildEspruino({ entry, board: pixl, minify: true });
    say("bytecode");
    return {
      "blink-espruino": {
        value: Buffer.byteLength(code.trimEnd()),
        note: "examples/blink with its runtime, minified",
      },
      "blink-xs-bytecode": await onXs(entry),
    };
  },
};

async function onXs(entry: string): Promise<Found> {
  const { missing } = findXs();
  if (missing !== undefined) return { skipped: missing };
  const { code } = await buildModdable({ entry, board: esp32, minify: true });
  const bytes = await bytecodeOf(code);
  const note = `examples/blink with its runtime, by XS's compiler: ${bytes.code} of code, ${bytes.names} of names`;
  return { value: bytes.total, note: `${note}, the rest around them` };
}
