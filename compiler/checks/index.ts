/**
 * The checks of a program that could be built, a file each. They say only what they can prove from the text of the whole
 * program; most of it are warnings, which can be silenced at their line (silences.ts).
 */
import { diagnosticAt, type Diagnostic } from "../diagnostics.js";
import { checkAllocations } from "./allocations.js";
import type { Check, Checked } from "./check.js";
import { checkForgotten } from "./forgotten.js";
import { checkLoops } from "./loops.js";
import { checkPools } from "./pools.js";
import { References } from "./references.js";
import { checkWakes } from "./wakes.js";

const CHECKS: readonly Check[] = [checkWakes, checkForgotten, checkAllocations, checkLoops, checkPools];

/** What there is to be said about a program without errors. */
export function runChecks(program: Omit<Checked, "references">): Diagnostic[] {
  const checked = { ...program, references: new References(program.program) };
  const found: Diagnostic[] = [];
  for (const check of CHECKS) {
    check(checked, (code, node, message, severity = "warning") => {
      found.push(diagnosticAt(node, code, message, severity));
    });
  }
  const isAuthors = ({ file }: Diagnostic): boolean =>
    !file.includes("/node_modules/") && !program.program.isAsyncPath(file);
  return found.filter(isAuthors);
}
