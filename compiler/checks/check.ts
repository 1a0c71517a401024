/** What a check is. */
import type ts from "typescript";
import type { Diagnostic } from "../diagnostics.js";
import type { AsyncFunction } from "../find/find-tasks.js";
import type { Program } from "../program/program.js";
import type { Reuse } from "../program/reuse.js";
import type { References } from "./references.js";

/** A program that could be built. */
export interface Checked {
  readonly program: Program;
  readonly functions: readonly AsyncFunction[];
  readonly references: References;
  readonly reuse: Reuse;
}

/** Says what was found at `node`; a warning unless `severity` says else. */
export type Report = (
  code: string,
  node: ts.Node,
  message: string,
  severity?: Diagnostic["severity"],
) => void;

/** Looks at a program. */
export type Check = (checked: Checked, report: Report) => void;
