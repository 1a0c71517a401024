/** The code under test as text: the shipped files and the scenarios, in one bundle in which `Atomics` is a parameter. */
import { join } from "node:path";
import { build } from "esbuild";
import type { Load, Loaded } from "./explore.js";
import type { Ghosts } from "./machine.js";

/** Bundles a module that exports `scenarios`. */
export async function bundled(file: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(DORMOUSE_ROOT, "tests/loom/scenarios", file)],
    absWorkingDir: DORMOUSE_ROOT,
    bundle: true,
    write: false,
    format: "iife",
    platform: "node",
    globalName: "loaded",
    target: "es2022",
    logLevel: "silent",
  });
  return outputFiles[0]!.text;
}

type Loading = (atomics: unknown, ghosts: Ghosts, ...host: unknown[]) => Loaded;

/** Evaluates such a bundle, or a changed one: what it asks of its host comes from the scenario. */
export function evaluate(text: string): Load {
  const names = ["Atomics", "loom", "performance", "process", "require", ...TIMERS];
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the text has parameters in the place of globals
  const load = new Function(...names, `${text}\nreturn loaded;`) as Loading;
  return (atomics, ghosts) => {
    const host = Object.fromEntries(
      CALLS.map((name) => [
        name,
        // It looks at the clock when it is loaded.
        (...args: never[]) =>
          (ghosts.host?.[name] as ((...args: never[]) => unknown) | undefined)?.(...args) ?? 0,
      ]),
    );
    const { now, nextTick } = host;
    const timers = TIMERS.map((name) => host[name]);
    // No scenario calls anything of Node's modules.
    return load(atomics, ghosts, { now }, { nextTick, hrtime: process.hrtime }, () => ({}), ...timers);
  };
}

const TIMERS = ["setImmediate", "setTimeout", "clearTimeout"] as const;
const CALLS = ["now", "nextTick", ...TIMERS] as const;
