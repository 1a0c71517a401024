/**
 * What is found in one compilation. An error that the author silenced at its line is none; once there is an error,
 * passes that build on what is right do not run, and warnings are not told.
 */
import type ts from "typescript";
import { Silences } from "./checks/silences.js";
import { diagnosticAt, isError, type Diagnostic, type Refusal } from "./diagnostics.js";

export class Findings {
  readonly silences: Silences;
  private readonly errors: Diagnostic[] = [];
  private readonly warnings: Diagnostic[] = [];

  constructor(files: readonly ts.SourceFile[]) {
    this.silences = new Silences(files);
  }

  get hasErrors(): boolean {
    return this.errors.length > 0;
  }

  /** Takes what a pass refuses. */
  readonly refuse = ({ node, code, message, canBeSilenced }: Refusal): void => {
    if (canBeSilenced && this.silences.has(code, node)) return;
    this.errors.push(diagnosticAt(node, code, message));
  };

  add(found: readonly Diagnostic[]): void {
    for (const each of found) (isError(each) ? this.errors : this.warnings).push(each);
  }

  /** Adds complaints that others have, but for those of a line that was complained about better. */
  addForeign(found: readonly Diagnostic[]): void {
    const own = [...this.errors];
    this.add(found.filter((each) => !own.some(({ file, line }) => file === each.file && line === each.line)));
  }

  /** All there is to tell, by place. */
  all(): Diagnostic[] {
    const { errors, silences } = this;
    const told = this.hasErrors
      ? [...errors, ...silences.ofErrors(errors)]
      : [...silences.apply(this.warnings), ...silences.ofThemselves()];
    return told.sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column);
  }
}
