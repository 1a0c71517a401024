/** What Espruino writes to its console, taken apart: lines of the program, errors of the engine, noise. */

/** Printed by a statement before the program: all that precedes it is the engine's banner. */
export const START = "@dormouse start";

/** Takes what an {@link EspruinoOutput} finds. */
export interface OutputHandler {
  readonly onLine: (line: string) => void;
  readonly onError: (message: string) => void;
  /** The author's place of a call, as the engine writes it; undefined for one of the library. */
  readonly placeOf?: ((call: string) => string | undefined) | undefined;
}

interface ErrorBeingRead {
  readonly message: string;
  readonly isFault: boolean;
  /** The innermost call, as the engine writes it. */
  call?: string;
  /** The author's places, the innermost first. */
  readonly places: string[];
}

/** A stack that overflowed has hundreds of places. */
const MOST_PLACES = 10;

/** The prompt that the interpreter shows while it waits, and what erases it before the next line. */
const PROMPT = ">";
const ERASED_PROMPT = />\r\x1b\[J/g;
const ERROR = /^(?:Uncaught (.*)|(Execution Interrupted.*|New interpreter error: .*))$/;
const CALL = /^\s+at (.*)$/;
/** A task that ended by an error, which the program tells with the innermost call in the same line. */
const FAULT = /^(task ".*" ended by an error: .*?) {4}at (.*)$/;
const CARET = /^\s*\^$/;

/**
 * Reads the console as it comes.
 *
 * An error is `Uncaught ...`, then for each call `    at ...`, a line of source and a line with a caret. That of a task
 * is a line of the program, with calls if it was built to tell them.
 */
export class EspruinoOutput {
  readonly #handler: OutputHandler;
  #hasStarted = false;
  #rest = "";
  /** The error being read, until its calls end. */
  #error: ErrorBeingRead | undefined;
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
    const call = CALL.exec(line)?.[1];
    if (this.#error !== undefined && call !== undefined) {
      this.#called(call);
      return;
    }
    this.#endError();
    const fault = FAULT.exec(line);
    const error = ERROR.exec(line);
    if (fault !== null) {
      this.#error = { message: fault[1] ?? "", isFault: true, places: [] };
      this.#called(fault[2] ?? "");
    } else if (error === null) this.#handler.onLine(line);
    else this.#error = { message: error[1] ?? error[2] ?? "", isFault: false, places: [] };
  }

  #called(call: string): void {
    const error = this.#error;
    if (error === undefined) return;
    error.call ??= call;
    const place = this.#handler.placeOf?.(call);
    if (place !== undefined && place !== error.places.at(-1)) error.places.push(place);
    this.#isAfterCall = true;
  }

  /** Says where: at the author's places, or else at the innermost call. */
  #endError(): void {
    if (this.#error === undefined) return;
    const { message, isFault, call, places } = this.#error;
    this.#error = undefined;
    const told = places.length > MOST_PLACES ? [...places.slice(0, MOST_PLACES), "more"] : places;
    const [innermost = call, ...others] = told;
    const stack = [innermost, ...others].join(", from ");
    const text = innermost === undefined ? message : `${message} (at ${stack})`;
    if (isFault) this.#handler.onLine(text);
    else this.#handler.onError(text);
  }
}
