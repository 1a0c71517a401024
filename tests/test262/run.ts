/**
 * test262 through the promise lowering:
 *
 *   test --natively--> passes? --lowered--> passes, or is a failure of ours        strict and sloppy, a realm for each
 */
import { build } from "esbuild";
import { lowerPlain } from "../../compiler/promises/lower.js";
import { Realms, type Program } from "./realm.js";
import { findTests, type Test262 } from "./tests.js";

export interface Test262Options {
  /** A part of the paths of the tests to run. */
  readonly filter?: string;
  /** Told how far it has come. */
  readonly onProgress?: (done: number, of: number) => void;
}

/** A test that passes natively and not lowered. */
export interface Failure {
  readonly path: string;
  readonly mode: "strict" | "sloppy";
  readonly message: string;
}

export interface Test262Result {
  /** Runs that pass lowered, of those that pass natively. */
  readonly passed: number;
  readonly failed: number;
  readonly nativePassed: number;
  readonly nativeFailed: number;
  readonly failures: readonly Failure[];
  /** Tests that are not run, by the reason. */
  readonly skipped: Readonly<Record<string, number>>;
}

/** Runs the tests of the checkout at `root`. */
export async function runTest262(root: string, options: Test262Options = {}): Promise<Test262Result> {
  const realms = new Realms(root, await runtimeText());
  const tests = findTests(root, options.filter);
  const skipped: Record<string, number> = {};
  const failures: Failure[] = [];
  let [passed, nativePassed, nativeFailed] = [0, 0, 0];
  for (const [i, test] of tests.entries()) {
    const reason = reasonToSkip(test);
    if (reason !== null) {
      skipped[reason] = (skipped[reason] ?? 0) + 1;
      continue;
    }
    for (const mode of modesOf(test)) {
      const source = mode === "strict" ? `"use strict";\n${test.source}` : test.source;
      if ((await realms.run(test, { code: source, globals: {} })) !== null) {
        nativeFailed++;
        continue;
      }
      nativePassed++;
      const message = await lowered(realms, test, source);
      if (message === null) passed++;
      else failures.push({ path: test.path, mode, message });
    }
    options.onProgress?.(i + 1, tests.length);
  }
  return { passed, failed: failures.length, nativePassed, nativeFailed, failures, skipped };
}

async function lowered(realms: Realms, test: Test262, source: string): Promise<string | null> {
  let program: Program;
  try {
    const { code, uses, prefix } = lowerPlain(source, test.path, { ownPromises: true, iterators: true });
    program = { code, globals: Object.fromEntries(uses.map((name) => [prefix + name, name])) };
  } catch (error) {
    return `not lowered: ${error instanceof Error ? error.message : String(error)}`;
  }
  return realms.run(test, program);
}

function reasonToSkip({ flags, negative }: Test262): string | null {
  if (negative !== null && negative.phase !== "runtime")
    return "an early error, which is the parser's to find";
  if (flags.has("module")) return "a module; what is lowered are scripts and the modules of a bundle";
  return null;
}

function modesOf({ flags }: Test262): readonly ("strict" | "sloppy")[] {
  if (flags.has("onlyStrict")) return ["strict"];
  return flags.has("noStrict") || flags.has("raw") ? ["sloppy"] : ["sloppy", "strict"];
}

/** The runtime as an expression that evaluates to it. */
async function runtimeText(): Promise<string> {
  const result = await build({
    entryPoints: [`${DORMOUSE_ROOT}/core/promises/index.ts`],
    bundle: true,
    write: false,
    format: "iife",
    globalName: "runtime",
    target: "es2022",
    logLevel: "silent",
  });
  return `(() => { ${result.outputFiles[0]!.text} return runtime; })()`;
}
