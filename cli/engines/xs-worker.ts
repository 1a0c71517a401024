/** The process of an XS worker, and its protocol: netstrings on descriptors 3 (to it) and 4 (from it). */
import { spawn, type ChildProcess } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { killAtExit } from "./child.js";
import { encodeNetstring, NetstringReader } from "./netstring.js";

/** What XS used for one request, as the engine counts it. */
export interface XsMeter {
  /** Steps of the interpreter; wraps at 2 ** 32. */
  readonly compute: number;
  /** Slots in use, garbage since the last collection included. */
  readonly currentHeapCount: number;
  /** Bytes that the engine has from the system. */
  readonly allocate: number;
}

/** The answer to one request: raw bytes. */
export interface XsAnswer {
  readonly body: Buffer;
  readonly meter: XsMeter;
}

/** What a worker does for its owner. */
export interface XsWorkerOptions {
  /** Answers a command that a script issued. */
  readonly onCommand: (command: Buffer) => Promise<string>;
  /** Takes a line that the worker wrote to its error stream. */
  readonly onComplaint: (line: string) => void;
  /** A request that takes longer ends the worker; in ms. */
  readonly timeoutMs: number;
}

interface Pending {
  readonly resolve: (answer: XsAnswer) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

const QUERY = 0x3f; // ?
const OKAY = 0x2e; // .
const ERROR = 0x21; // !
/** Ends the meter at the head of an answer. */
const METER_END = 0x01;
const QUIT_MS = 2000;

/** The worker's exit codes, from api.js of @agoric/xsnap. */
const ENDINGS: Readonly<Record<number, string>> = {
  2: "its pipe broke",
  11: "it is out of memory",
  12: "its stack overflowed",
  15: "nobody caught an exception",
  16: "it is out of property names",
};

/** One worker. Takes one request at a time. */
export class XsWorker {
  readonly #child: ChildProcess;
  readonly #options: XsWorkerOptions;
  readonly #closed: Promise<void>;
  readonly #reader = new NetstringReader();
  #pending: Pending | undefined;
  #ending: string | undefined;

  constructor(binary: string, options: XsWorkerOptions) {
    this.#options = options;
    const child = spawn(binary, ["dormouse"], { stdio: ["ignore", "ignore", "pipe", "pipe", "pipe"] });
    this.#child = child;
    killAtExit(child);
    this.#closed = new Promise((resolve) => child.once("close", () => resolve()));
    child.once("error", (error) => this.#end(`it does not start: ${error.message}`));
    child.once("close", (code, signal) => this.#end(endingOf(code, signal)));
    this.#input.on("error", () => undefined); // The ending says why.
    (child.stdio[4] as Readable).on("data", (chunk: Buffer) => this.#receive(chunk));
    readLines(child.stdio[2] as Readable, options.onComplaint);
  }

  /** Sends a request; its first byte says what it is. */
  request(message: Buffer): Promise<XsAnswer> {
    if (this.#ending !== undefined) return Promise.reject(new Error(`XS has ended: ${this.#ending}`));
    return new Promise((resolve, reject) => {
      const { timeoutMs } = this.#options;
      const timer = setTimeout(() => this.#kill(`no answer within ${timeoutMs} ms`), timeoutMs);
      this.#pending = { resolve, reject, timer };
      this.#send(message);
    });
  }

  /** Ends the worker; one that is busy is killed. Resolves once it is gone. */
  close(): Promise<void> {
    if (this.#pending !== undefined) this.#kill("it was closed");
    else if (this.#ending === undefined) this.#quit();
    return this.#closed;
  }

  #quit(): void {
    this.#ending = "it was closed";
    this.#send(Buffer.from("q"));
    this.#input.end();
    const timer = setTimeout(() => this.#child.kill("SIGKILL"), QUIT_MS);
    this.#child.once("close", () => clearTimeout(timer));
  }

  get #input(): Writable {
    return this.#child.stdio[3] as Writable;
  }

  #send(message: Buffer): void {
    this.#input.write(encodeNetstring(message));
  }

  #receive(chunk: Buffer): void {
    try {
      for (const message of this.#reader.push(chunk)) this.#take(message);
    } catch (error) {
      this.#kill(`it broke the protocol: ${String(error)}`);
    }
  }

  #take(message: Buffer): void {
    if (message[0] === QUERY) return void this.#answer(message.subarray(1));
    if (message[0] !== OKAY && message[0] !== ERROR) throw new Error("an unknown message");
    const pending = this.#settle();
    if (message[0] === OKAY) pending?.resolve(splitAnswer(message.subarray(1)));
    else pending?.reject(new Error(`XS: ${message.toString("utf8", 1)}`));
  }

  async #answer(command: Buffer): Promise<void> {
    try {
      this.#send(Buffer.from(`/${await this.#options.onCommand(command)}`));
    } catch (error) {
      // The script waits inside issueCommand and cannot be told.
      this.#kill(
        `nobody could answer its command: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }

  #kill(why: string): void {
    this.#end(why);
    this.#child.kill("SIGKILL");
  }

  #end(why: string): void {
    this.#ending ??= why;
    this.#settle()?.reject(new Error(`XS has ended: ${this.#ending}`));
  }

  #settle(): Pending | undefined {
    const pending = this.#pending;
    this.#pending = undefined;
    clearTimeout(pending?.timer);
    return pending;
  }
}

function splitAnswer(message: Buffer): XsAnswer {
  const split = message.indexOf(METER_END);
  return {
    meter: JSON.parse(message.toString("utf8", 0, split)) as XsMeter,
    body: message.subarray(split + 1),
  };
}

function endingOf(code: number | null, signal: string | null): string {
  return ENDINGS[code ?? -1] ?? (signal === null ? `exit code ${code ?? "unknown"}` : `signal ${signal}`);
}

function readLines(stream: Readable, onLine: (line: string) => void): void {
  let rest = "";
  stream.setEncoding("utf8").on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    lines.forEach(onLine);
  });
}
