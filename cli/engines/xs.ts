/** The XS engine (Moddable's), run as the worker of @agoric/xsnap: no timers, so its driver owns the clock. */
import { BOOT, COMPLAINT, PRINT, THROWN, VALUE } from "./xs-boot.js";
import { XsWorker, type XsAnswer, type XsMeter } from "./xs-worker.js";

/** What a script gave back. */
export interface XsReply {
  /** The value of the script as text; of what a promise it returned gave; "" for undefined. */
  readonly text: string;
  /** What this one evaluation used. */
  readonly meter: XsMeter;
}

/** What an engine does with what scripts send out. */
export interface XsOptions {
  /** Takes a line that a script gave to `print(...)`; default drops it. */
  readonly onPrint?: (line: string) => void;
  /** Answers `command(text)`, and `issueCommand(bytes)` read as UTF-8; default answers "". */
  readonly onCommand?: (text: string) => string | Promise<string>;
  /** An evaluation that takes longer ends the engine; in ms, default a minute. */
  readonly timeoutMs?: number;
}

/** What a script threw, in one line. */
export class XsScriptError extends Error {
  override readonly name = "XsScriptError";
  /** Where, as XS tells: one line a call, innermost first. */
  readonly calls: readonly string[];

  constructor(message: string, calls: readonly string[]) {
    super(message);
    this.calls = calls;
  }
}

const DEFAULT_TIMEOUT_MS = 60_000;

/**
 * One XS machine; scripts share its globals.
 *
 * Scripts run unmetered: no limit stops them but `timeoutMs`. Besides the language they have `print(...values)`,
 * `command(text)`, which returns the answer as text, `gc()` and `performance.now()`.
 */
export class XsEngine {
  readonly #worker: XsWorker;
  readonly #complaints: string[] = [];
  #queue: Promise<unknown>;

  constructor(binary: string, options: XsOptions = {}) {
    this.#worker = new XsWorker(binary, {
      onCommand: (command) => this.#take(command.toString("utf8"), options),
      onComplaint: (line) => this.#complaints.push(line),
      timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    });
    this.#queue = this.#worker.request(Buffer.from(`e${BOOT}`)).catch(() => undefined);
  }

  /** What the engine complained of: a rejection that nobody caught is there before its script is answered. */
  get complaints(): readonly string[] {
    return this.#complaints;
  }

  /**
   * Runs a script as global code, then promise jobs until none is left.
   *
   * @throws XsScriptError when the script threw, or the promise it returned failed; Error when the engine ended
   */
  evaluate(source: string): Promise<XsReply> {
    const reply = this.#queue.then(() => this.#worker.request(Buffer.from(`?${source}`))).then(readAnswer);
    this.#queue = reply.catch(() => undefined);
    return reply;
  }

  /** Ends the engine, and an evaluation that still runs with it. */
  close(): Promise<void> {
    return this.#worker.close();
  }

  async #take(command: string, options: XsOptions): Promise<string> {
    const rest = command.slice(1);
    if (command.startsWith(PRINT)) options.onPrint?.(rest);
    else if (command.startsWith(COMPLAINT)) this.#complaints.push(rest);
    else return (await options.onCommand?.(command)) ?? "";
    return "";
  }
}

function readAnswer({ body, meter }: XsAnswer): XsReply {
  const text = body.toString("utf8");
  if (text.startsWith(VALUE)) return { text: text.slice(VALUE.length), meter };
  if (text.startsWith(THROWN)) throw scriptError(text.slice(THROWN.length));
  throw new XsScriptError("the promise that the script returned never settles: no job is left to run", []);
}

function scriptError(json: string): XsScriptError {
  const { message, stack } = JSON.parse(json) as { message: string; stack: string };
  const calls = stack.split("\n").filter((line) => /^\s*at /.test(line));
  // XS names scripts without a file "(anonymous-542)", another number each run.
  const clear = message.replace(/\((?:anonymous-\d+|host)\): /g, "");
  return new XsScriptError(
    clear,
    calls.map((line) => line.trim()),
  );
}
