/** What a failing gpiod tool means for the author: one error by code for each cause. */
import type { RuntimeError } from "../../core/index.js";

/** What failed. */
export interface Failure {
  readonly tool: string;
  /** What the tool wrote to stderr, or why it could not be started. */
  readonly text: string;
  readonly pin: string;
  readonly line: number;
  readonly chip: string;
}

/** The error for `failure`: E311 permission, E312 busy line, E310 anything else. */
export function toolError(failure: Failure): RuntimeError {
  const { tool, text, pin, line, chip } = failure;
  const reason = text.trim().split("\n").at(-1) ?? "";
  // The tools never call setlocale(), so strerror() speaks English everywhere.
  if (reason.includes("Permission denied")) {
    const advice = "Add your user to its group (sudo usermod -aG gpio $USER) and log in again";
    return coded("E311", chip, `permission denied. ${advice}`);
  }
  if (reason.includes("Device or resource busy")) {
    const advice = "See by whom with gpioinfo; end that program or use another pin";
    return coded("E312", pin, `line ${line} of ${chip} is in use by another program. ${advice}`);
  }
  const said = reason === "" ? `${tool} ended` : `${tool} failed: ${reason}`;
  return coded(
    "E310",
    pin,
    `${said}. The pin lives in memory from here on; check line ${line} of ${chip} with gpioinfo`,
  );
}

/** An error of the form that core's have. */
export function coded(code: string, subject: string, text: string): RuntimeError {
  return Object.assign(new Error(`${code} "${subject}": ${text}`), { code });
}
