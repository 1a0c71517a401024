/** Programs of shared tasks, built for threads: the module that workers load is the one that the test imports. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as passed } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { bundle } from "../../cli/build/bundle.js";
import type { Threads } from "../../targets/node/index.js";

/** A program, and where its workers find it. */
export interface SharedBuild<T> {
  readonly built: T;
  readonly program: URL;
}

/** Builds tests/threads/programs/NAME.ts with what it exports, and `names` of dormouse/node. */
export async function buildShared<T>(name: string, names: readonly string[]): Promise<SharedBuild<T>> {
  const entry = join(DORMOUSE_ROOT, `tests/threads/programs/${name}.ts`);
  const { code } = await bundle({
    entry,
    backend: "shared",
    minify: false,
    wrapper: () =>
      `export * from ${JSON.stringify(entry)}; export { ${names.join(", ")} } from "dormouse/node";`,
    esbuild: { format: "esm", target: "es2022", platform: "node" },
  });
  const folder = join(DORMOUSE_ROOT, ".build/threads");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.mjs`);
  writeFileSync(file, code);
  const program = pathToFileURL(file);
  return { built: (await import(program.href)) as T, program };
}

/** Ends worker `who` of `pool` in the middle of whatever it does, once it has started. */
export async function endWorker(pool: Threads, who: number): Promise<void> {
  const { tasks_: tasks } = pool as unknown as {
    tasks_: { hands_: { end(): Promise<unknown>; isReady: boolean }[] };
  };
  while (tasks.hands_[who]?.isReady !== true) await passed(5);
  await tasks.hands_[who].end();
}

/** Waits until the workers of `pool` have given no turn for a while: what is not over waits. */
export async function untilQuiet(pool: Threads): Promise<void> {
  const { tasks_: tasks } = pool as unknown as {
    tasks_: { readonly polls: readonly number[]; ready(): Promise<void> };
  };
  await tasks.ready();
  for (let before = "", now = tasks.polls.join(); before !== now; now = tasks.polls.join()) {
    before = now;
    await passed(30);
  }
}

/** What `make` gives for 0 to `n` - 1. */
export function times<T>(n: number, make: (i: number) => T): T[] {
  return Array.from({ length: n }, (_, i) => make(i));
}

/** The code of what `run` throws; "none" when it throws nothing. */
export function codeOf(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return (error as { code?: string }).code;
  }
  return "none";
}

/** Waits until `isMet`; a test that waits for ever ends by its limit. */
export async function until(isMet: () => boolean): Promise<void> {
  while (!isMet()) await passed(2);
}
