/** Checks that look at one file after the other. */
import type ts from "typescript";
import type { Refusal } from "../diagnostics.js";
import type { AsyncFunction } from "../find/find-tasks.js";
import type { Program } from "../program/program.js";
import type { Reuse } from "../program/reuse.js";

type Refuse = (refusal: Refusal) => void;

/** Looks at `file`, of a program with the `compiled` functions, by their nodes. */
export type FileCheck = (
  program: Program,
  compiled: ReadonlyMap<ts.Node, AsyncFunction>,
  file: ts.SourceFile,
  refuse: Refuse,
) => void;

/** Refuses what `check` does in all of the author's files; what it found in files that did not change is kept as `name`. */
export function refuseInFiles(
  name: string,
  check: FileCheck,
  program: Program,
  functions: readonly AsyncFunction[],
  reuse: Reuse,
  refuse: Refuse,
): void {
  const compiled = new Map<ts.Node, AsyncFunction>(functions.map((fn) => [fn.node, fn]));
  for (const file of program.authored) {
    // Of ours nothing is the author's to change: where a task calls it, it is compiled as it is.
    if (program.isAsync(file)) continue;
    const refusals = reuse.finding(file, name, () => {
      const found: Refusal[] = [];
      check(program, compiled, file, (refusal) => found.push(refusal));
      return found;
    });
    refusals.forEach(refuse);
  }
}
