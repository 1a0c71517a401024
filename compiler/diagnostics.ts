/**
 * What the compiler says of a program: a code, a position, the reason, and what to write instead. An error ends the
 * build; a warning does not.
 */
import ts from "typescript";
import { hintFor, textOf } from "./program/hints.js";

/** One complaint about the author's program. */
export interface Diagnostic {
  /** `C...` of this compiler (docs/messages.md), or `TS...` of TypeScript. */
  readonly code: string;
  readonly severity: "error" | "warning";
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  readonly message: string;
}

/** Ends the compilation of one function; becomes a diagnostic. */
export class Refusal extends Error {
  constructor(
    readonly code: string,
    readonly node: ts.Node,
    message: string,
    /** Whether the author may silence it: the program does what it says all the same. */
    readonly canBeSilenced = false,
  ) {
    super(message);
  }
}

/** Whether `diagnostic` ends the build. */
export function isError(diagnostic: Diagnostic): boolean {
  return diagnostic.severity === "error";
}

/** The diagnostic for `message` at `node`. */
export function diagnosticAt(
  node: ts.Node,
  code: string,
  message: string,
  severity: Diagnostic["severity"] = "error",
): Diagnostic {
  const file = node.getSourceFile();
  const at = file.getLineAndCharacterOfPosition(node.getStart(file));
  return { code, severity, file: file.fileName, line: at.line + 1, column: at.character + 1, message };
}

/** TypeScript's own complaint in our form; hints where ours is the better advice. */
export function fromTypeScript(diagnostic: ts.Diagnostic): Diagnostic {
  const message = ts.flattenDiagnosticMessageText(diagnostic.messageText, " ").split("\n")[0]!;
  const file = diagnostic.file;
  const at = file?.getLineAndCharacterOfPosition(diagnostic.start ?? 0) ?? { line: 0, character: 0 };
  const hint = hintFor(message, textOf(diagnostic));
  return {
    code: hint?.code ?? `TS${diagnostic.code}`,
    severity: "error",
    file: file?.fileName ?? "",
    line: at.line + 1,
    column: at.character + 1,
    message: hint?.message ?? message,
  };
}

/** One line for people: `C104 src/main.ts:12:7 await inside ...`, `C232 src/main.ts:9:5 warning: ...`. */
export function formatDiagnostic(diagnostic: Diagnostic, relativeTo: string): string {
  const { code, file, line, column } = diagnostic;
  const message = isError(diagnostic) ? diagnostic.message : `warning: ${diagnostic.message}`;
  const path = file.startsWith(relativeTo + "/") ? file.slice(relativeTo.length + 1) : file;
  return path === "" ? `${code} ${message}` : `${code} ${path}:${line}:${column} ${message}`;
}
