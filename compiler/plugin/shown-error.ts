/** Errors that end a program, as its author shall see them. */

/**
 * What is said of `thrown`: of a mistake that has a code, its words and the author's own lines; undefined of other errors, of which
 * Node says all. `root` is where our package lies.
 */
export function shownError(thrown: unknown, root: string): string | undefined {
  if (!(thrown instanceof Error)) return undefined;
  const { message, stack = "", code, isDiagnostic } = thrown as Coded;
  // The stack of a diagnostic would be that of the compiler.
  if (isDiagnostic === true) return message;
  if (!/^E\d{3}$/.test(String(code))) return undefined;
  const isOthers = (line: string): boolean => line.includes(`${root}/`) || /[( ]node:/.test(line);
  const frames = stack.split("\n").filter((line) => /^\s+at /.test(line) && !isOthers(line));
  return [message, ...frames].join("\n");
}

interface Coded extends Error {
  readonly code?: unknown;
  readonly isDiagnostic?: unknown;
}
