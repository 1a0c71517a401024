/** What a task or a program threw, in words. */
import { inspect } from "node:util";
import { callsIn, errorLines } from "../../targets/node/error-text.js";

/** The message, the author's lines of the stack, who awaits it, and what caused it. */
export function faultText(error: unknown): string {
  return error instanceof Error ? errorLines(error, isOurs).map(shortened).join("\n") : valueText(error);
}

/** As {@link faultText}, in one line: the message, and the author's innermost. */
export function briefFault(error: unknown): string {
  try {
    if (!(error instanceof Error)) return valueText(error);
    const [call] = callsIn(error.stack ?? "", isOurs);
    const place = call === undefined ? "" : ` (${placeOf(call)})`;
    return error.message + place;
  } catch {
    // It throws when it is looked at.
    return typeof error;
  }
}

function valueText(value: unknown): string {
  try {
    return typeof value === "string" ? value : inspect(value, { breakLength: Infinity });
  } catch {
    return typeof value;
  }
}

function isOurs(call: string): boolean {
  return /\/(core|hal|targets)\//.test(call);
}

/** `read (src/sensor.ts:12:11)`, without most of the path. */
function shortened(line: string): string {
  const call = /^( *at )(.*)$/.exec(line);
  if (call === null) return line;
  const [, head = "", text = ""] = call;
  const name = /^(.*) \(/.exec(text)?.[1];
  return `${head}${name === undefined ? placeOf(text) : `${name} (${placeOf(text)})`}`;
}

/** `src/sensor.ts:12:11` */
function placeOf(call: string): string {
  return /([^/(]+\/[^/(]+:\d+:\d+)\)?$/.exec(call)?.[1] ?? call;
}
