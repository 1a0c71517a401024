/**
 * The lines of a board in device builds. The build has checked the names that it could see; the table holds what is
 * left to look up: use and pin -> the engine's line.
 */
import { fail } from "../core/errors.js";
import { CLAIMS, DEAF, LINES } from "./features.js";
import type { PinFunction } from "./board.js";

/** For example `{ outputLED1: "LED1" }`. Null: in use. */
export type LineTable = { [useAndPin: string]: string | number | null };

let table: LineTable;

export function describe(lines: LineTable): void {
  if (LINES || DEAF) table = lines;
}

/**
 * The engine's line for `pin`, which is in use from now on.
 *
 * @throws E301 no such pin, or not for this use; E303 in use
 */
export function claim(pin: string, use: PinFunction): string | number {
  if (!CLAIMS) return LINES ? (table[use + pin] as string | number) : pin;
  const line = table[use + pin];
  if (line === undefined || line === null) return fail(line === null ? "E303" : "E301", pin, false);
  table[use + pin] = null;
  return line;
}

/** Whether the line of `pin` can report edges. */
export function hasEdges(pin: string): boolean {
  return !DEAF || table["interrupt" + pin] !== undefined;
}

/** @throws E304 when the line of `pin` cannot report edges */
export function requireEdges(pin: string): void {
  if (!hasEdges(pin)) fail("E304", pin, false);
}
