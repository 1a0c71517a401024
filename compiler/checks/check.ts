/** What a check is. */
import type ts from "typescript";
import type { AsyncFunction } from "../find-tasks.js";
import type { Program } from "../program.js";

export type Warn = (code: string, node: ts.Node, message: string) => void;

/** Looks at a program without errors, and warns. */
export type Check = (program: Program, functions: readonly AsyncFunction[], warn: Warn) => void;
