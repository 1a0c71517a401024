/**
 * Errors by code. A development build says code, subject, what is wrong and what to do; a device build says
 * code and subject only (`docs/messages.md` has the texts), since every letter is flash.
 */
import { DEV } from "./dev.js";
import { CODES } from "./features.js";

/** An error of the runtime, with the code that `docs/messages.md` explains. */
export interface RuntimeError extends Error {
  /** E and three digits. */
  code: string;
}

/** Ends the caller with the error `code` about `subject`; `text` is {@link DEV} only. */
export function fail(code: string, subject: string, text: string | false): never {
  throw makeError(code, subject, text);
}

/** The error `code` about `subject`, for somebody else; see {@link fail}. */
export function makeError(code: string, subject: string, text: string | false): RuntimeError {
  const error = new Error(
    code + ' "' + subject + '"' + (DEV && text !== false ? ": " + text : ""),
  ) as RuntimeError;
  if (CODES) error.code = code;
  return error;
}
