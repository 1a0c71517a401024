/**
 * What was thrown, in words: what an engine says of it without what is not the author's, who awaits it, and what caused it.
 *
 *   TypeError: no such pin               the name where it says more than "Error"
 *       at level (pins.ts:4:9)           calls, innermost first, up to the library
 *       at read (sensor.ts:12:11)
 *       awaited by sample (main.ts:30)
 *       awaited by task "sampler"
 *     caused by RangeError: 77           `cause`, or what an AggregateError has; with calls of its own
 */
interface Thrown {
  readonly awaitedBy?: readonly string[];
  readonly cause?: unknown;
  readonly errors?: unknown;
}

/** Causes of causes that are told; one may be its own. */
const DEEPEST = 4;

/** The lines about `error`. `isOurs` knows the library's lines of a stack. */
export function errorLines(error: unknown, isOurs: (call: string) => boolean, deepest = DEEPEST): string[] {
  try {
    return error instanceof Error ? linesOf(error, isOurs, deepest) : [String(error)];
  } catch {
    // It has no text, or throws when it is looked at.
    return [typeof error];
  }
}

function linesOf(error: Error, isOurs: (call: string) => boolean, deepest: number): string[] {
  const { awaitedBy = [] } = error as Thrown;
  const lines = [
    titleOf(error),
    ...withoutAwaiters(callsIn(error.stack ?? "", isOurs), awaitedBy).map((call) => `    at ${call}`),
    ...awaitedBy.map((each) => `    awaited by ${each}`),
  ];
  for (const cause of deepest > 0 ? causesOf(error) : []) {
    const [first = "", ...others] = errorLines(cause, isOurs, deepest - 1);
    lines.push(`  caused by ${first}`, ...others.map((line) => `  ${line}`));
  }
  return lines;
}

/** What is the author's of `stack`, or its innermost call when nothing is: of a bundle, say, that has no source map. */
export function callsIn(stack: string, isOurs: (call: string) => boolean): string[] {
  const calls = stack.split("\n").flatMap((line) => /^\s+at (.*)/.exec(line)?.[1] ?? []);
  const first = calls.findIndex((call) => !isForeign(call) && !isOurs(call));
  if (first < 0) return calls.slice(0, 1);
  const rest = calls.slice(first);
  const end = rest.findIndex(isOurs);
  return (end < 0 ? rest : rest.slice(0, end)).filter((call) => !isForeign(call));
}

/** `calls` without those that go on with what they await at once: they are known as those who await it. */
function withoutAwaiters(calls: readonly string[], awaitedBy: readonly string[]): string[] {
  let known = 0;
  return calls.filter((call) => {
    const [whole, name = "", place = ""] = /^(\S+) \((.*)\)$/.exec(awaitedBy[known] ?? "") ?? [];
    const isKnown = whole !== undefined && call.startsWith(`${name} (`) && call.includes(`/${place}:`);
    if (isKnown) known++;
    return !isKnown;
  });
}

/** Calls of Node itself, and of builtins, which have no line. */
function isForeign(call: string): boolean {
  return /\bnode:|<anonymous>\)?$|\(native\)$/.test(call);
}

function titleOf(error: Error): string {
  const { name, message } = error;
  return name === "Error" || name === "" ? message : `${name}: ${message}`;
}

function causesOf(error: Thrown): unknown[] {
  const several = Array.isArray(error.errors) ? (error.errors as unknown[]) : [];
  return error.cause === undefined ? several : [error.cause, ...several];
}
