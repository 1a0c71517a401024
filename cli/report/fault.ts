/** What a task or a program threw, in words. */
import { inspect } from "node:util";

/** The message, the author's line (the first frame outside the library), and who awaits it. */
export function faultText(error: unknown): string {
  try {
    return textOf(error);
  } catch {
    // It throws when it is looked at.
    return typeof error;
  }
}

function textOf(error: unknown): string {
  if (!(error instanceof Error))
    return typeof error === "string" ? error : inspect(error, { breakLength: Infinity });
  const frame = (error.stack ?? "")
    .split("\n")
    .find((line) => /\bat .*\.[jt]s:\d+/.test(line) && !/\/(core|hal|targets)\//.test(line));
  const place =
    frame === undefined ? "" : ` (${/([^/(]+\/[^/(]+:\d+:\d+)\)?$/.exec(frame)?.[1] ?? frame.trim()})`;
  const { awaitedBy = [] } = error as { awaitedBy?: readonly string[] };
  return [error.message + place, ...awaitedBy.map((each) => `    awaited by ${each}`)].join("\n");
}
