/** Runs one script of test262 in a realm of its own. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { createContext, runInContext, Script, type Context } from "node:vm";
import type { Test262 } from "./tests.js";

/** A script with what it needs of the runtime: names of globals, and which of its functions each is. */
export interface Program {
  readonly code: string;
  readonly globals: Readonly<Record<string, string>>;
}

const COMPLETE = "Test262:AsyncTestComplete";

/** Turns of the event loop that a promise may take to be settled. */
const TURNS = 50;
const TIMEOUT_MS = 10_000;

/** Realms with the harness of the checkout at `root`; `runtime` evaluates to the runtime of lowered code. */
export class Realms {
  private readonly scripts = new Map<string, Script>();
  private readonly runtime: Script;

  constructor(
    private readonly root: string,
    runtime: string,
  ) {
    this.runtime = new Script(runtime, { filename: "runtime.js" });
  }

  /** Runs `program`, which is `test`'s; what went wrong, or null. */
  async run(test: Test262, program: Program): Promise<string | null> {
    const printed: string[] = [];
    const timers = new Set<NodeJS.Timeout>();
    const context = this.open(printed, timers);
    try {
      this.prepare(test, program, context);
      new Script(program.code, { filename: test.path }).runInContext(context, { timeout: TIMEOUT_MS });
    } catch (error) {
      return expected(test, error);
    }
    if (test.negative !== null) return `nothing thrown, and ${test.negative.type} expected`;
    if (!test.flags.has("async")) return null;
    for (let turn = 0; turn < TURNS && printed.length === 0; turn++) await setImmediate();
    const until = Date.now() + TIMEOUT_MS;
    while (timers.size > 0 && printed.length === 0 && Date.now() < until) await setImmediate();
    for (const timer of timers) clearTimeout(timer);
    const last = printed.find((each) => each.startsWith("Test262:"));
    return last === COMPLETE ? null : (last ?? "the test did not end");
  }

  private prepare(test: Test262, program: Program, context: Context): void {
    if (!test.flags.has("raw")) {
      const extra = test.flags.has("async") ? ["doneprintHandle.js"] : [];
      for (const name of ["assert.js", "sta.js", ...extra, ...test.includes])
        this.harness(name).runInContext(context);
    }
    const names = Object.entries(program.globals);
    if (names.length === 0) return;
    const runtime = this.runtime.runInContext(context) as Record<string, unknown>;
    const define = runInContext("Object.defineProperty", context) as typeof Object.defineProperty;
    const global = runInContext("this", context) as object;
    for (const [name, part] of names) define(global, name, { value: runtime[part] });
  }

  private harness(name: string): Script {
    let script = this.scripts.get(name);
    if (script === undefined) {
      script = new Script(readFileSync(join(this.root, "harness", name), "utf8"), { filename: name });
      this.scripts.set(name, script);
    }
    return script;
  }

  private open(printed: string[], timers: Set<NodeJS.Timeout>): Context {
    const context = createContext({
      print: (text: unknown) => printed.push(String(text)),
      setTimeout: (callback: () => void, delay: number) => {
        const timer = setTimeout(() => {
          timers.delete(timer);
          callback();
        }, delay);
        timers.add(timer);
      },
    });
    const global = runInContext("this", context) as Record<string, unknown>;
    global["$262"] = {
      global,
      createRealm: () => (this.open(printed, timers) as Record<string, unknown>)["$262"],
      evalScript: (text: string) => runInContext(text, context) as unknown,
      gc: () => undefined,
    };
    return context;
  }
}

function expected(test: Test262, error: unknown): string | null {
  const name = (error as { constructor?: { name?: string } } | null | undefined)?.constructor?.name ?? "";
  if (test.negative !== null && test.negative.phase === "runtime" && name === test.negative.type) return null;
  return text(error);
}

function text(error: unknown): string {
  const { name, message } = (error ?? {}) as { name?: string; message?: string };
  const said = message === undefined ? String(error) : `${name ?? "error"}: ${message}`;
  return said.replace(/\s+/g, " ").slice(0, 200);
}
