/**
 * What TypeScript says in words that do not help here, in better ones: what a board has no use for, numbers in the place of
 * times and levels, what is no pin and no task.
 */
import type ts from "typescript";

/** A complaint in our words, under a code of ours where docs/messages.md has more to say about it. */
export interface Hint {
  readonly code?: string;
  readonly message: string;
}

/** Our words for `message`, which TypeScript says of the author's `text`; undefined where its own are fine. */
export function hintFor(message: string, text: string): Hint | undefined {
  for (const { pattern, say } of HINTS) {
    const match = pattern.exec(message);
    if (match !== null) return say(match, text);
  }
  return undefined;
}

/** The author's text that `diagnostic` is about. */
export function textOf({ file, start, length }: ts.Diagnostic): string {
  return file?.text.slice(start, (start ?? 0) + (length ?? 0)).replace(/\s+/g, " ") ?? "";
}

interface Pattern {
  readonly pattern: RegExp;
  readonly say: (match: RegExpExecArray, text: string) => Hint | undefined;
}

const HINTS: readonly Pattern[] = [
  {
    pattern: /Cannot find name 'console'/,
    say: () => ({ code: "C210", message: "there is no console on a board. Write board.console.write(text)" }),
  },
  {
    pattern: /Cannot find name '([^']*)'(?:\. Do you need to install type definitions for node)?/,
    say: ([whole, name = ""]) => notOnBoards(name, whole.includes("for node")),
  },
  {
    pattern: /^Argument of type '(.*)' is not assignable to parameter of type 'PinNames<(.*), "(\w+)">'/,
    say: ([, name, table, use]) => ({
      code: "C220",
      message: `pin ${name}: no ${use} of that name on every board (${table}). Use one of them (docs/boards.md), or Board<typeof yours.pins>`,
    }),
  },
  {
    pattern: /^Argument of type '.*' is not assignable to parameter of type 'Ticks'/,
    say: (_, text) => ({ message: `${quoted(text)} is no span of time. Write ${asTicks(text)}` }),
  },
  {
    pattern: /^Argument of type '.*' is not assignable to parameter of type 'Level'/,
    say: (_, text) => ({ message: `${quoted(text)} is no level of a pin. Write 0 or 1` }),
  },
  {
    pattern: /^Argument of type '.*' is not assignable to parameter of type 'Arms'/,
    say: () => ({
      code: "C120",
      message: "select() takes its arms in place. Write select({ name: future, ... })",
    }),
  },
  {
    pattern: /^Argument of type '.*' is not assignable to parameter of type 'TaskKind</,
    say: (_, text) => ({ code: "C206", message: noKind(text) }),
  },
  {
    pattern: /^This expression is not callable\. +Type 'TaskKind</,
    say: (_, text) => ({
      code: "C206",
      message: `"${text}" is a task, which is not called. Write spawn(${text}, ...)`,
    }),
  },
];

/** What spawn() says of a function or something else in the place of a task. */
export function noKind(text: string): string {
  return `spawn() starts a task, and "${text}" is none. Write const NAME = task(...) at the top of the module, and spawn(NAME, ...)`;
}

function quoted(text: string): string {
  return /^["'`]/.test(text) ? text : `"${text}"`;
}

/** A number is taken for milliseconds. */
function asTicks(text: string): string {
  const number = /^["'`]?(\d+(?:_\d+)*)(?: ?ms)?["'`]?$/.exec(text);
  if (number !== null) return `ms(${number[1]})`;
  return /^[\w.()*/+ -]{1,30}$/.test(text) ? `ms(${text})` : "ms(...) or s(...)";
}

const NOTHING = "They have pins, a clock and a console";

/** What hosts and other firmware have under a name, and what a program for boards uses. */
const ELSEWHERE: readonly { readonly names: RegExp; readonly advice: string }[] = [
  { names: /^(set|clear)(Timeout|Interval|Immediate)$/, advice: "Write await sleep(ms(...)) in a task" },
  { names: /^(node:)?timers(\/promises)?$/, advice: "Write await sleep(ms(...)) in a task" },
  { names: /^(queueMicrotask|requestAnimationFrame)$/, advice: "Write await yieldNow() in a task" },
  { names: /^performance$/, advice: "board.clock.now() gives milliseconds" },
  { names: /^require$/, advice: "Write import { ... } from ..." },
  {
    names: /^(digital(Write|Read)|analog(Write|Read)|pinMode|setWatch|HIGH|LOW|LED\d|BTN\d|OUTPUT|INPUT)$/,
    advice: 'Pins come from the board: board.output("LED1").write(1)',
  },
  { names: /^(alert|print|Serial)$/, advice: "Write board.console.write(text)" },
  {
    names:
      /^(fetch|XMLHttpRequest|WebSocket|window|document|navigator|localStorage|crypto|Blob|URL|AbortController|structuredClone|TextEncoder|TextDecoder|Worker|Event|EventTarget)$/,
    advice: NOTHING,
  },
];

function notOnBoards(name: string, isOfNode: boolean): Hint | undefined {
  const known = ELSEWHERE.find(({ names }) => names.test(name));
  if (known === undefined && !isOfNode) return undefined;
  const advice = known?.advice ?? NOTHING;
  return { code: "C211", message: `programs for boards have no "${name}". ${advice}` };
}
