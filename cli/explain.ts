/** What a failure says to a person. */
import { formatDiagnostic, isError, type Diagnostic } from "../compiler/index.js";
import { BuildError } from "./build/bundle.js";
import { UserError } from "./user-error.js";

/** One clear line for each mistake; null when the failure is ours, and its stack is wanted. */
export function explained(error: unknown): string | null {
  if (error instanceof UserError) return error.message;
  if (error instanceof BuildError)
    return error.diagnostics.map((each) => formatDiagnostic(each, process.cwd())).join("\n");
  const code = (error as { code?: unknown }).code;
  return error instanceof Error && typeof code === "string" && /^E\d{3}$/.test(code) ? error.message : null;
}

/** Says on stderr what the compiler warns of; the build goes on. */
export function printWarnings(diagnostics: readonly Diagnostic[]): void {
  for (const each of diagnostics) if (!isError(each)) console.error(formatDiagnostic(each, process.cwd()));
}
