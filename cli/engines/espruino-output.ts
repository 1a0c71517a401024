/** What Espruino writes to its console, taken apart: lines of the program, errors of the engine, noise. */

/** Printed by a statement before the program: all that precedes it is the engine's banner. */
export const START = "@dormouse start";

/** Takes what an {@link EspruinoOutput} finds. */
export interface OutputHandler {
  readonly onLine: (line: string) => void;
  readonly onError: (message: string) => void;
}

/** The prompt that the interpreter shows while it waits, and what erases it before the next line. */
const PROMPT = ">";
const ERASED_PROMPT = />\r\x1b\[J/g;
const ERROR = /^(?:Uncaught (.*)|(Execution Interrupted.*|New interpreter error: .*))$/;
const CALL = /^\s+at (.*)$/;
const CARET = /^\s*\^$/;

/**
 * Reads the console as it comes.
 *
 * An error is `Uncaught ...`, then for each call `    at ...`, a line of source and a line with a caret.
 */
export class EspruinoOutput {
  readonly #handler: OutputHandler;
  #hasStarted = false;
  #rest = "";
  /** The error being read, until its calls end: its message, and from the second line its innermost call. */
  #error: string | undefined;
  #isAfterCall = false;
  /** The line after a call: source, if a caret follows. */
  #held: string | undefined;

  constructor(handler: OutputHandler) {
    this.#handler = handler;
  }

  /** Reads more of the console. */
  push(text: string): void {
    const lines = (this.#rest + text).split("\n");
    this.#rest = lines.pop() ?? "";
    for (const line of lines) this.#take(line.replace(/\r$/, "").replace(ERASED_PROMPT, ""));
  }

  /** The console ended: what was held back is settled. */
  end(): void {
    const rest = this.#rest.replace(ERASED_PROMPT, "");
    if (rest !== "" && rest !== PROMPT) this.#take(rest);
    if (this.#held !== undefined) this.#sort(this.#held);
    this.#endError();
  }

  #take(line: string): void {
    if (!this.#hasStarted) {
      this.#hasStarted = line === START;
    } else if (this.#isAfterCall) {
      this.#isAfterCall = false;
      this.#held = line;
    } else {
      const held = this.#held;
      this.#held = undefined;
      if (held !== undefined && CARET.test(line)) return;
      if (held !== undefined) this.#sort(held);
      this.#sort(line);
    }
  }

  #sort(line: string): void {
    const call = CALL.exec(line);
    if (this.#error !== undefined && call !== null) {
      // The innermost call says where; a stack that overflowed has hundreds.
      if (!this.#error.includes("\n")) this.#error += `\n${call[1] ?? ""}`;
      this.#isAfterCall = true;
      return;
    }
    this.#endError();
    const error = ERROR.exec(line);
    if (error === null) this.#handler.onLine(line);
    else this.#error = error[1] ?? error[2];
  }

  #endError(): void {
    if (this.#error === undefined) return;
    const [message, call] = this.#error.split("\n");
    this.#error = undefined;
    this.#handler.onError(call === undefined ? (message ?? "") : `${message ?? ""} (at ${call})`);
  }
}
