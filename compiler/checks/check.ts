/** What a check is. */
import type ts from "typescript";
import type { Diagnostic } from "../diagnostics.js";
import type { AsyncFunction } from "../find-tasks.js";
import type { Program } from "../program.js";

/** Says what was found at `node`; a warning unless `severity` says else. */
export type Report = (
  code: string,
  node: ts.Node,
  message: string,
  severity?: Diagnostic["severity"],
) => void;

/** Looks at a program that could be built. */
export type Check = (program: Program, functions: readonly AsyncFunction[], report: Report) => void;
