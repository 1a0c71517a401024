/**
 * The Espruino REPL as a service: one-line statements go out, marked answers come back.
 *
 * Every statement is sent as two lines, each after \x10 (no echo for this line):
 *
 *   try{print("~"+"k3f7:"+(EXPRESSION))}catch(e){print("~"+"k3f7!"+e)}     the answer, or why there is none
 *   print("~"+"k3f7.")                                                    the fence: the board is through
 *
 * The mark is put together on the board, so that an echo of the line never looks like an answer; its letters
 * are new for each session and its number for each statement, so neither do answers that come late. The fence
 * also arrives where the first line could not even be parsed, or ran out of memory, which no `catch` sees.
 * One statement is under way at a time: the fence is the acknowledgement that keeps the board's input buffer
 * from overflowing.
 *
 * Characters get lost, on a serial line and in the Linux build (its input thread and its interpreter share a
 * queue without a lock). So a statement must be one that may be repeated: it is, up to three times.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { Port } from "./contract.js";
import { Incoming } from "./incoming.js";

/** Why a statement has no answer. */
export class ReplError extends Error {
  readonly kind: "refused" | "silent" | "closed";

  constructor(kind: ReplError["kind"], message: string) {
    super(message);
    this.kind = kind;
  }
}

/** So few bytes at a time that an XOFF is seen before the smallest buffer (256 bytes) overflows. */
const PIECE = 64;
/** A stray 0x13 in line noise must not stop us for ever; a board that means it is ready long before. */
const STOP_MS = 3000;
const ATTEMPTS = 3;
const FIRST_WAKE_MS = 1000;
/** Two are needed, and of forty one is lost. */
const INTERRUPTS = 5;
/** After so many without a sound there is nobody. */
const INTERRUPTS_IN_SILENCE = 3;
/** Espruino for Linux looks for input every 50 ms. */
const INTERRUPT_MS = 150;
const POLL_MS = 5;

/** One REPL at the other end of a port. */
export class Repl {
  readonly #port: Port;
  readonly #incoming = new Incoming();
  readonly #session = `k${Math.random().toString(36).slice(2, 5)}`;
  #lines: string[] = [];
  #count = 0;
  #lastSend = 0;
  #lastData = 0;
  #closed: string | undefined;
  #firstLine: string | undefined;
  #isLost = false;
  #changed: () => void = () => undefined;

  constructor(port: Port) {
    this.#port = port;
    port.onData((bytes) => {
      this.#lastData = performance.now();
      const lines = this.#incoming.feed(bytes);
      this.#firstLine ??= lines.find((line) => line.trim() !== "");
      this.#lines.push(...lines);
      this.#changed();
    });
    port.onClose((reason) => {
      this.#closed = reason;
      this.#changed();
    });
  }

  /** Whether anything at all was heard. */
  get hasHeard(): boolean {
    return this.#incoming.hasText;
  }

  /** What was heard first, as one line. */
  get firstLine(): string {
    return this.#firstLine ?? this.#incoming.partial;
  }

  /** Whether the board did not even answer when it was interrupted. */
  get isLost(): boolean {
    return this.#isLost;
  }

  /** Why the port is closed, or undefined while it is open. */
  get closed(): string | undefined {
    return this.#closed;
  }

  /**
   * Evaluates `expression` on the board, perhaps more than once, and returns its value as text.
   *
   * @param limitMs - how long each of the attempts may take
   * @throws ReplError `refused` with the board's words, `silent`, or `closed`
   */
  async ask(expression: string, limitMs: number): Promise<string> {
    for (let left = ATTEMPTS - 1; ; left--) {
      try {
        return await this.#askOnce(expression, limitMs);
      } catch (error) {
        const { kind } = error as ReplError;
        if (left === 0 || kind === "closed") throw error;
        // What is left of a damaged line may have opened a bracket that waits for its end.
        if (kind === "silent") await this.wake(limitMs);
      }
    }
  }

  /** Sends statements without waiting for what they do. */
  async send(...statements: string[]): Promise<void> {
    await this.#sendLines(statements, performance.now() + STOP_MS);
  }

  /**
   * Waits until the board answers, and interrupts what it is doing while it does not.
   *
   * The first Ctrl-C takes running code into Espruino's debugger, the second one out of it, and each may be lost:
   * the interrupt sets a flag that the interpreter, without a lock, writes too. A board that was heard at all
   * gets more of them, and more time in the end: its line may be slow.
   *
   * @param limitMs - how long the board may take to answer one question
   */
  async wake(limitMs: number): Promise<void> {
    const start = performance.now();
    for (let count = 0; count < (this.hasHeard ? INTERRUPTS : INTERRUPTS_IN_SILENCE); count++) {
      if (await this.isAwake(Math.min(limitMs, FIRST_WAKE_MS))) return;
      await this.#interrupt();
    }
    if (await this.isAwake(this.hasHeard ? 2 * limitMs : limitMs)) return;
    this.#isLost = true;
    throw silence(performance.now() - start);
  }

  /** Whether the board answers within `limitMs`, without more ado. @throws ReplError `closed` */
  async isAwake(limitMs: number): Promise<boolean> {
    try {
      return (await this.#askOnce("1", limitMs)) === "1";
    } catch (error) {
      if ((error as ReplError).kind === "closed") throw error;
      return false;
    }
  }

  /**
   * Collects what the board says after the last `send` until it was quiet for `quietMs` (once it said
   * something), at most for `limitMs` or until the port closes.
   */
  async listen(quietMs: number, limitMs: number): Promise<string[]> {
    const start = performance.now();
    const isOver = (): boolean => {
      const hasSpoken = this.#lastData > this.#lastSend;
      return this.#closed !== undefined || (hasSpoken && performance.now() - this.#lastData >= quietMs);
    };
    while (!isOver() && performance.now() - start < limitMs) await sleep(POLL_MS);
    return [...this.#lines, this.#incoming.takePartial()];
  }

  /**
   * Not held back by a board that said stop: it takes Ctrl-C as it comes, and nothing else makes it go on.
   *
   * Espruino for Linux ends at the second Ctrl-C within five seconds that meets an *empty* line; hence a blank
   * before it, with the time to arrive there.
   */
  async #interrupt(): Promise<void> {
    for (const key of " \x03") {
      await this.#put(Buffer.from(key));
      await sleep(INTERRUPT_MS);
    }
  }

  async #askOnce(expression: string, limitMs: number): Promise<string> {
    const mark = `${this.#session}${++this.#count}`;
    const answer = `try{print("~"+"${mark}:"+(${expression}))}catch(e){print("~"+"${mark}!"+e)}`;
    const deadline = performance.now() + limitMs;
    await this.#sendLines([answer, `print("~"+"${mark}.")`], deadline);
    return answerIn(await this.#linesUpTo(`~${mark}.`, deadline, limitMs), `~${mark}`);
  }

  async #linesUpTo(fence: string, deadline: number, limitMs: number): Promise<string[]> {
    for (;;) {
      const end = this.#lines.findIndex((line) => line.includes(fence));
      if (end >= 0) return this.#lines.slice(0, end);
      if (this.#closed !== undefined) throw new ReplError("closed", this.#closed);
      const left = deadline - performance.now();
      if (left <= 0) throw silence(limitMs);
      await this.#change(left);
    }
  }

  /** Resolves when something arrived or the port closed, at the latest after `limitMs`. */
  #change(limitMs: number): Promise<void> {
    return new Promise((changed) => {
      const timer = setTimeout(changed, limitMs);
      this.#changed = () => {
        clearTimeout(timer);
        changed();
      };
    });
  }

  /** @param stopUntil - the longest that a board may hold us back */
  async #sendLines(statements: string[], stopUntil: number): Promise<void> {
    this.#lines = [];
    this.#lastSend = performance.now();
    const text = statements.map((statement) => `\x10${statement}\n`).join("");
    const bytes = Buffer.from(text, "latin1");
    for (let start = 0; start < bytes.length; start += PIECE) {
      await this.#permission(stopUntil);
      await this.#put(bytes.subarray(start, start + PIECE));
    }
  }

  async #put(bytes: Uint8Array): Promise<void> {
    if (this.#closed !== undefined) throw new ReplError("closed", this.#closed);
    try {
      await this.#port.write(bytes);
    } catch (error) {
      throw new ReplError("closed", this.closed ?? (error as Error).message);
    }
  }

  async #permission(until: number): Promise<void> {
    while (this.#incoming.isStopped && this.#closed === undefined && performance.now() < until)
      await this.#change(until - performance.now());
    this.#incoming.isStopped = false;
  }
}

function silence(limitMs: number): ReplError {
  return new ReplError("silent", `no answer within ${Math.round(limitMs)} ms`);
}

function answerIn(lines: string[], mark: string): string {
  for (const line of lines) {
    const at = line.indexOf(mark);
    const sign = line[at + mark.length];
    const text = line.slice(at + mark.length + 1);
    if (at >= 0 && sign === ":") return text;
    if (at >= 0 && sign === "!") throw new ReplError("refused", text);
  }
  // Neither: the statement could not be parsed, or was interrupted. The board said so in its own words.
  const words = lines.find((line) => /\w/.test(line)) ?? "nothing";
  throw new ReplError("refused", words.trim());
}
