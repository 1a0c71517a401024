/** Diagnostics in the form of Rollup and Vite. */
import { formatDiagnostic, isError, type Diagnostic } from "../diagnostics.js";
import type { Session } from "./session.js";

/** What these bundlers take as an error or a warning. */
export interface Log {
  readonly message: string;
  readonly pluginCode: string;
  readonly id?: string;
  readonly loc?: { readonly file: string; readonly line: number; readonly column: number };
  readonly frame?: string;
  readonly stack?: string;
}

/** What a hook is called on. */
export interface Context {
  warn(log: Log): void;
  error(log: Log): never;
}

/**
 * Tells what the compiler said. The first error, of the file at `first` if there is one, ends the build; the others
 * stand in its message.
 */
export function report(context: Context, session: Session, first?: string): void {
  const { diagnostics } = session.compiled;
  for (const each of diagnostics) if (!isError(each)) context.warn(logOf(each, session));
  throwErrors(context, session, first);
}

/** As {@link report}, without the warnings. */
export function throwErrors(context: Context, session: Session, first?: string): void {
  const errors = session.compiled.diagnostics.filter(isError);
  const shown = errors.find(({ file }) => file === first) ?? errors[0];
  if (shown === undefined) return;
  const log = logOf(shown, session);
  const others = errors.filter((each) => each !== shown).map((each) => formatDiagnostic(each, process.cwd()));
  // Vitest shows the message and the frame alone.
  const message = "VITEST" in process.env ? formatDiagnostic(shown, process.cwd()) : log.message;
  // The stack would be that of the compiler.
  context.error({ ...log, message: [message, ...others].join("\n"), stack: "" });
}

function logOf(diagnostic: Diagnostic, session: Session): Log {
  const { code, file, line, column, message } = diagnostic;
  if (file === "") return { message: `${code} ${message}`, pluginCode: code };
  const number = `${line}: `;
  return {
    message: `${code} ${message}`,
    pluginCode: code,
    id: file,
    loc: { file, line, column: column - 1 },
    frame: `${number}${session.lineOf(diagnostic)}\n${" ".repeat(number.length + column - 1)}^`,
  };
}
