/** Tasks that threw on an engine of boards, with the author's lines and who awaits them, out of what a build with calls prints. */
import { basename } from "node:path";
import type { FunctionReport } from "../../compiler/index.js";
import type { Bundle } from "../build/bundle.js";
import { innermost } from "../build/origins.js";
import { Places, nameIn, type Place } from "../build/places.js";
import { awaiterText, awaitersOf } from "./awaiters.js";

interface BoardFault {
  readonly at: number;
  readonly task: string;
  readonly message: string;
  /** Innermost first, as the engine writes them. */
  readonly calls: string[];
}

/** `line 2 task "chain" ended by an error: Error: no answer    at f (.bootcde:1:7)`; XS has calls in lines of their own. */
const FAULT = /^line (\d+) task "(.*)" ended by an error: (.*?)(?: {4}at (.*))?$/;
const CALL = /^line \d+ +at (.*)$/;
/** Of each call Espruino shows the source, which is empty where it is stored, and a caret. */
const EXCERPT = /^line \d+ *\^?$/;

function faultsIn(events: readonly string[]): BoardFault[] {
  const faults: BoardFault[] = [];
  let calls: string[] | null = null;
  for (const event of events) {
    const [, at, task = "", message = "", first] = FAULT.exec(event) ?? [];
    const call = CALL.exec(event)?.[1];
    if (at !== undefined) {
      calls = first === undefined ? [] : [first];
      faults.push({ at: Number(at), task, message, calls });
    } else if (call !== undefined && calls !== null) calls.push(call);
    // XS repeats the message at the head of the stack.
    else if (!EXCERPT.test(event) && (calls === null || calls.length > 0)) calls = null;
  }
  return faults;
}

/** What to say of the faults in `events`, printed by the code of `bundle` with `before` in front of it: some lines each. */
export function boardFaultTexts(events: readonly string[], bundle: Bundle, before = ""): string[] {
  const places = new Places(bundle, before);
  return faultsIn(events).map(({ at, task, message, calls }) => {
    const head = `task "${task}" ended by an error at ${at} ms: ${message}`;
    return [head, ...stackOf(bundle.compiled.functions, places, task, calls)].join("\n  ");
  });
}

/** The author's calls, up to the async function that ran; then who awaits it, as far as these ran at once, too. */
function stackOf(
  functions: readonly FunctionReport[],
  places: Places,
  task: string,
  calls: readonly string[],
): string[] {
  const lines: string[] = [];
  let thrower: FunctionReport | undefined;
  for (const call of calls) {
    const place = places.of(call);
    if (place === undefined) continue;
    const fn = innermost(functions, place.source, place);
    if (thrower === undefined)
      lines.push(`at ${fn?.name ?? nameIn(call)} (${textOf(place)})`.replace("at  ", "at "));
    else if (fn !== undefined && fn !== thrower)
      lines.push(`awaited by ${awaiterText(fn, thrower) ?? `${fn.name} (${textOf(place)})`}`);
    thrower = fn ?? thrower;
  }
  if (lines.length === 0) lines.push("the engine tells no line of the program");
  return [...lines, ...awaitersOf(functions, thrower, task)];
}

function textOf({ source, line }: Place): string {
  return `${basename(source)}:${line}`;
}
