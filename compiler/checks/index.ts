/**
 * The checks that warn, a file each. They say only what they can prove from the text of the whole program; what they
 * find can be silenced at its line (silences.ts).
 */
import { diagnosticAt, type Diagnostic } from "../diagnostics.js";
import type { AsyncFunction } from "../find-tasks.js";
import type { Program } from "../program.js";
import { checkLoops } from "./loops.js";
import type { Check } from "./check.js";

const CHECKS: readonly Check[] = [checkLoops];

/** What there is to be said about a program without errors. */
export function findWarnings(program: Program, functions: readonly AsyncFunction[]): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const check of CHECKS) {
    check(program, functions, (code, node, message) => {
      found.push(diagnosticAt(node, code, message, "warning"));
    });
  }
  return found.filter((each) => !each.file.includes("/node_modules/"));
}
