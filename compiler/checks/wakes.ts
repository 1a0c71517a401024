/**
 * C230: awaits that nothing ever wakes. Of each thing of ours that has a name, what is called of it is known: a wait for it
 * ends only where some code calls what wakes it.
 *
 *   presses.wait()        and no code calls presses.set()
 *   results.send(x)       and no code calls results.receive(): it ends until the channel is full
 *   new Semaphore(4, 0)   acquire() needs a release()         new Semaphore(4), new Latch(0): they do not wait
 */
import ts from "typescript";
import type { Program } from "../program/program.js";
import type { Check } from "./check.js";
import { groupsOf, type Group } from "./flows.js";

/** A method that waits, and those that end that. */
interface Wait {
  readonly method: string;
  readonly wakers: readonly string[];
  /** What nobody does to the thing. */
  readonly verb: string;
  /** When it does not end, where that is not from the start. */
  readonly when?: string;
  /** Whether what `made` makes keeps its first wait from ending. */
  readonly isSure?: (program: Program, made: ts.NewExpression) => boolean;
}

const SET: Wait = { method: "wait", wakers: ["set"], verb: "sets" };
const FULL = " once it is full";
const CHANNEL: readonly Wait[] = [
  { method: "receive", wakers: ["send", "trySend", "close"], verb: "sends to" },
  { method: "send", wakers: ["receive", "close"], verb: "receives from", when: FULL },
];
const PERMITS: Wait = {
  method: "acquire",
  wakers: ["release"],
  verb: "releases permits of",
  isSure: (program, { arguments: given = [] }) => given[1] !== undefined && numberOf(program, given[1]) === 0,
};

/** By class. A channel that drops never lets its sender wait; who opened a cell may set it. */
const WAITS: Readonly<Record<string, readonly Wait[]>> = {
  Signal: [SET],
  Event: [SET],
  AutoResetEvent: [SET],
  OnceCell: [{ ...SET, wakers: ["set", "init"] }],
  Watch: [{ method: "changed", wakers: ["set"], verb: "sets" }],
  Debounce: [{ method: "settled", wakers: ["set"], verb: "sets" }],
  Latch: [
    {
      method: "wait",
      wakers: ["countDown"],
      verb: "counts down",
      isSure: (program, { arguments: given = [] }) =>
        given[0] !== undefined && numberOf(program, given[0]) > 0,
    },
  ],
  Channel: CHANNEL,
  PriorityChannel: CHANNEL,
  DropNewestChannel: CHANNEL.slice(0, 1),
  DropOldestChannel: CHANNEL.slice(0, 1),
  ZeroCopyChannel: [
    { method: "receive", wakers: ["commit", "close"], verb: "commits to" },
    { method: "reserve", wakers: ["release", "close"], verb: "releases what is received from", when: FULL },
  ],
  Pipe: [
    { method: "read", wakers: ["write", "tryWrite", "close"], verb: "writes to" },
    { method: "write", wakers: ["read", "tryRead", "close"], verb: "reads from", when: FULL },
  ],
  PubSub: [{ method: "subscribe", wakers: ["publish", "close"], verb: "publishes to" }],
  CancelToken: [{ method: "cancelled", wakers: ["cancel"], verb: "cancels" }],
  Semaphore: [PERMITS],
  GreedySemaphore: [PERMITS],
};

export const checkWakes: Check = ({ program, references }, report) => {
  if (!program.isClosed) return;
  for (const group of groupsOf(program, references, Object.keys(WAITS))) {
    for (const wait of waitsOf(program, group)) {
      for (const call of group.calls)
        if (call.method === wait.method) report("C230", call.node, problemOf(wait, nameOf(group)));
    }
  }
};

/** What waits for `group` and is not woken. */
function waitsOf(program: Program, { made, calls, isUnknown }: Group): readonly Wait[] {
  if (isUnknown) return [];
  // Where things of several classes meet, each of them waits so.
  const all = made.map((each) => WAITS[program.ownNameOf(each.expression)!]!);
  const common = all[0]!.filter(({ method }) =>
    all.every((waits) => waits.some((each) => each.method === method)),
  );
  return common.filter(
    ({ wakers, isSure }) =>
      !calls.some((call) => wakers.includes(call.method)) &&
      (isSure === undefined || made.every((each) => isSure(program, each))),
  );
}

function problemOf({ method, wakers, verb, when = "" }: Wait, name: string): string {
  const what =
    method === "subscribe" ? "what this subscribe() gives never has an item" : `this ${method}() never ends`;
  return `nothing ${verb} "${name}", so ${what}${when}. Call ${name}.${wakers[0]!}(${argumentsOf(wakers[0]!)}) somewhere`;
}

function argumentsOf(waker: string): string {
  return ["set", "send", "write", "publish"].includes(waker) ? "..." : "";
}

/** The number that `node` is in every run; NaN where it is not known. */
function numberOf(program: Program, node: ts.Expression): number {
  return program.literalOf(node) ?? NaN;
}

/** What its maker calls the thing. */
function nameOf(group: Group): string {
  let up: ts.Node = group.made[0]!.parent;
  while (!ts.isVariableDeclaration(up)) up = up.parent;
  return up.name.getText();
}
