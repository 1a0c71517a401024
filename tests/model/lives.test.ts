// @timeout 600
/**
 * The lives of a task as a matrix: pool full or not, throws before, after each wait or in its cleanup, joined or not,
 * cancelled before, while, and after it runs, waiting on each primitive. Whole traces of all forms must be equal.
 */
import { createContext, Script as Code } from "node:vm";
import { join } from "node:path";
import * as assert from "uvu/assert";
import { buildXs } from "../../cli/build/device.js";
import { buildSim, importSim, type SimModule } from "../../cli/build/sim.js";
import { importUncompiled } from "../../cli/build/uncompiled.js";
import type { Ticks } from "../../core/index.js";
import { esp32 } from "../../targets/moddable/index.js";
import { suite } from "../support/suite.js";
import type { Life } from "./programs/lives.js";

const test = suite("model: lives of tasks");

const ENTRY = join(DORMOUSE_ROOT, "tests/model/programs/lives.ts");
const SPAN = 100;

const WAITS = ["sleep", "yield", "receive", "send", "signal", "join", "timeout", "select", "call"]
  .concat(["watch", "newest", "oldest", "urgent", "slot", "pipe", "message", "mutex", "reader", "writer"])
  .concat(["permits", "greedy", "event", "auto", "latch", "barrier", "cell", "turn", "object", "token"])
  .concat(["settled", "throttle", "tick"]);
const THROWS = ["", "first", "0", "1", "cleanup"];
const CANCELLED = ["", "before", "during", "cleanup", "after"];
const JOINED = ["joined", "late", "detached", "settled", "twice", "nobody"];

type Form = (life: Life) => string;

let forms: readonly [compiled: Form, uncompiled: Form, onBoard: Form];

test.before(async () => {
  const { code } = await buildXs({ entry: ENTRY, board: esp32, minify: true });
  forms = [
    inSim(await importSim(await buildSim(ENTRY, false), "lives")),
    inSim(await importUncompiled(ENTRY, "lives-uncompiled")),
    boardForm(new Code(code)),
  ];
});

function inSim({ main, Sim }: SimModule): Form {
  return (life) => {
    Object.assign(globalThis, { life });
    const run = new Sim().start(main).advance(SPAN as Ticks);
    return run.trace.lines.map(({ at, text }) => `${at} ${text}`).join("\n");
  };
}

function boardForm(code: Code): Form {
  return (life) => {
    const context = createContext({ life }) as {
      start: () => void;
      virtual: { advance: (end: number) => string };
    };
    code.runInContext(context);
    context.start();
    const events = context.virtual.advance(SPAN).split("\n");
    return events
      .map((event) => event.replace(/^line /, "").replace(/ ended by an error:.*/, " ended by an error"))
      .join("\n");
  };
}

/** What must have happened in some life, or the matrix is about nothing. */
const OUTCOMES = [
  "result",
  "threw Error: first",
  "threw Error: 0",
  "threw Error: 1",
  "threw Error: cleanup",
  'E133 "subject"',
]
  .concat(['E138 "subject"', "settled", "cancelled", "faulted", "done", "busy", "free", "inner is left"])
  .concat(['E101 "subject"', 'task "subject" ended by an error'])
  .filter((each) => each !== "settled");

for (const waits of WAITS) {
  test(`are the same in all forms while a task waits for ${waits}`, () => {
    const seen: string[] = [];
    for (const throws of THROWS)
      for (const cancelled of CANCELLED)
        for (const joined of JOINED)
          for (const isFull of [false, true]) {
            const life = { waits, throws, cancelled, joined, isFull };
            const [expected, uncompiled, onBoard] = forms.map((form) => form(life));
            const what = JSON.stringify(life);
            assert.is(uncompiled, expected, `uncompiled ${what}`);
            assert.is(bodyOf(onBoard!), bodyOf(expected!), `on a board ${what}`);
            assert.is(cleanups(expected!), cleanupsDue(life), what);
            seen.push(expected!);
          }
    const all = seen.join("\n");
    const missing = OUTCOMES.filter((each) => !all.includes(each));
    assert.equal(missing, waits === "select" || waits === "call" ? [] : ["inner is left"]);
  });
}

/** A board's line of a fault has its time elsewhere. */
function bodyOf(trace: string): string {
  return trace
    .split("\n")
    .map((line) => line.replace(/^\d+ (task ".*" ended)/, "$1"))
    .join("\n");
}

/** However a task ends, its cleanup runs once; unless it never began. */
function cleanups(trace: string): number {
  return trace.split("\n").filter((line) => line.endsWith("cleaned up")).length;
}

function cleanupsDue({ cancelled }: Life): number {
  return cancelled === "before" ? 0 : 1;
}
