/** What a task or a program threw, in words. */
import { inspect } from "node:util";
import { callsIn, errorLines } from "../../targets/node/error-text.js";

/** The message, the author's lines of the stack, who awaits it, and what caused it. */
export function faultText(error: unknown): string {
  return told(error, () => errorLines(error, isOurs).map(shortened).join("\n"));
}

/** As {@link faultText}, in one line: the message, and the author's innermost. */
export function briefFault(error: unknown): string {
  return told(error, ({ stack = "", message }) => {
    const [call] = callsIn(stack, isOurs);
    return call === undefined ? message : `${message} (${placeOf(call)})`;
  });
}

function told(value: unknown, textOf: (error: Error) => string): string {
  try {
    if (value instanceof Error) return textOf(value);
    return typeof value === "string" ? value : inspect(value, { breakLength: Infinity });
  } catch {
    // It throws when it is looked at.
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
