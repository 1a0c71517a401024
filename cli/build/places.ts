/** The author's lines of a program on a board: Espruino tells where an error was by column of the stored code. */
import { basename } from "node:path";
import { TraceMap, originalPositionFor } from "@jridgewell/trace-mapping";
import type { Bundle } from "./bundle.js";
import { isOneOf } from "./origins.js";

/** `at a (.bootcde:1:1027)`. */
const STORED = /\.bootcde:(\d+):(\d+)/;

/**
 * Gives the author's place, `main.ts:12:3`, of a call in `bundle` as the engine writes it; undefined for others.
 * `before` is how much of the stored line stands before the code.
 */
export function placesIn({ map, compiled }: Bundle, before: number): (call: string) => string | undefined {
  const trace = new TraceMap(map as ConstructorParameters<typeof TraceMap>[0]);
  const authored = [...compiled.modules.keys()];
  return (call) => {
    const at = STORED.exec(call);
    if (at === null) return undefined;
    const stored = { line: Number(at[1]), column: Number(at[2]) - 1 };
    const own = stored.line === 1 ? { ...stored, column: Math.max(0, stored.column - before) } : stored;
    const { source, line, column } = originalPositionFor(trace, own);
    if (source === null || !isOneOf(authored, source)) return undefined;
    return `${basename(source)}:${line}:${column + 1}`;
  };
}
