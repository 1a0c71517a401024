/** Puts a program on an Espruino board, checks that it is there, and starts it. */
import { aftermath, type Progress } from "./aftermath.js";
import type { Port } from "./contract.js";
import { FlashError } from "./errors.js";
import { fileOf } from "./pieces.js";
import { Repl, ReplError } from "./repl.js";
import { restart, type Restarted } from "./restart.js";
import * as store from "./store.js";
import type { Limits, Room, Sum } from "./store.js";

/** What may be changed about an upload; every time has a default that suits boards. */
export interface FlashOptions {
  /** Hears how many of the bytes are on the board. */
  onProgress?(done: number, total: number): void;
  /** Hears what is done, a line each. */
  log?(line: string): void;
  /** How long the board may take to answer a question (default 3000). */
  answerMs?: number;
  /** How long it may take to move its files together, where it must (default 30000). */
  compactMs?: number;
  /** How long to listen to the started program at most (default 3000). */
  listenMs?: number;
  /** The program counts as quiet this long after it printed something (default 1000). */
  quietMs?: number;
  /** The author's place of a call in the program, as the board writes it; undefined for one of the library. */
  readonly placeOf?: ((call: string) => string | undefined) | undefined;
  /** Ends the upload at the next statement, with what a failure there does. */
  signal?: AbortSignal;
}

/** A program; or what builds it once the board has said its name (`process.env.BOARD`). */
export type Code = string | ((board: string) => Promise<string>);

/** A stored, verified and started program. */
export interface FlashResult extends Restarted {
  readonly version: string;
  readonly board: string;
  /** Bytes in `.bootcde`, and their CRC-32 as the board computed it. */
  readonly length: number;
  readonly crc: number;
}

/** A reset takes a real board some 100 ms, during which it loses what is sent. */
const RESET_QUIET_MS = 300;
const RESET_LIMIT_MS = 2000;

/**
 * Stores `code` as the program that the board at `port` starts with, and restarts the board.
 *
 * The port stays open. A failure says in `boardRuns` and in words what the board runs; store.ts tells why a
 * cut at any point leaves a whole program or none.
 *
 * @throws FlashError E602 to E609, E612
 */
export async function flash(port: Port, code: Code, options: FlashOptions = {}): Promise<FlashResult> {
  return new Upload(port, code, options).run();
}

/** What went wrong, before it is known what that means for the board. */
class Problem extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

class Upload {
  readonly #name: string;
  readonly #repl: Repl;
  readonly #code: Code;
  #file: Uint8Array = new Uint8Array();
  readonly #options: FlashOptions;
  readonly #limits: Limits;
  readonly #progress: Progress;

  constructor(port: Port, code: Code, options: FlashOptions) {
    this.#name = port.name;
    this.#repl = new Repl(port);
    this.#code = code;
    this.#options = options;
    this.#limits = { answerMs: options.answerMs ?? 3000, compactMs: options.compactMs ?? 30_000 };
    this.#progress = { phase: "checking", done: 0, total: 0, hadProgram: false };
  }

  async run(): Promise<FlashResult> {
    try {
      const [version = "", board = ""] = (await this.#identify()).split(" ");
      this.#log(`board "${board}", Espruino ${version}`);
      this.#file = fileOf(await this.#build(board));
      this.#progress.total = this.#file.length;
      const room = await this.#check();
      this.#goOn();
      await this.#reset();
      const { length, crc } = await this.#store(room);
      this.#progress.phase = "stored";
      this.#log(`stored and verified ${describe({ length, crc })}`);
      return { version, board, length, crc, ...(await this.#restart()) };
    } catch (error) {
      const { code, message } = this.#problem(error);
      const { runs, state } = await aftermath(this.#repl, this.#progress, this.#limits);
      throw new FlashError(code, `board "${this.#name}": ${message}`, runs, state);
    }
  }

  async #build(board: string): Promise<string> {
    this.#goOn();
    try {
      return typeof this.#code === "string" ? this.#code : await this.#code(board);
    } catch (error) {
      // Ctrl-C ends the bundler's process too.
      this.#goOn();
      throw error;
    }
  }

  /** Its version and its name. */
  async #identify(): Promise<string> {
    try {
      await this.#repl.wake(this.#limits.answerMs);
      return await this.#repl.ask('process.version+" "+process.env.BOARD', this.#limits.answerMs);
    } catch (error) {
      throw error instanceof ReplError ? this.#stranger(error) : error;
    }
  }

  /** What a port without Espruino behind it is told apart by. */
  #stranger({ kind, message }: ReplError): Problem {
    const advice = this.#name.startsWith("/")
      ? "Is it the right port and baud rate? Add the rate as in /dev/ttyUSB0@9600."
      : "Is it the right port?";
    if (this.#repl.hasHeard) {
      const words = this.#repl.firstLine.replace(/[^\x20-\x7e]/g, "?").slice(0, 40);
      return new Problem("E603", `what answers is not Espruino: it says "${words}". ${advice}`);
    }
    if (kind === "closed")
      return new Problem("E607", `the port closed without an answer (${message}). ${advice}`);
    return new Problem("E602", `${message}. ${advice}`);
  }

  /** Refuses what cannot work, while nothing was changed on the board. */
  async #check(): Promise<Room> {
    const missing = await this.#ask(
      'function(s){try{s=require("Storage")}catch(e){}return s?typeof E.CRC32=="function"?"":"E.CRC32":"Storage"}()',
    );
    if (missing !== "")
      throw new Problem("E604", `this Espruino has no ${missing}, so it keeps no programs.`);
    // Espruino runs .bootrst instead of .bootcde.
    if ((await this.#ask('!!require("Storage").read(".bootrst")')) === "true")
      throw new Problem(
        "E604",
        'it has a file ".bootrst" and runs that, whatever is flashed. Erase it first.',
      );
    const room = await store.readRoom(this.#repl, this.#limits);
    const there = room.free + room.trash + room.oldProgram;
    if (store.planFor(this.#file.length, room) === "full")
      throw new Problem("E605", `storage full: ${this.#file.length} bytes needed, ${there} free.`);
    this.#progress.hadProgram = room.oldProgram > 0;
    return room;
  }

  /** Stops the old program, whose memory and timers would be in the way. Its file stays. */
  async #reset(): Promise<void> {
    this.#progress.phase = "staging";
    await this.#repl.send("reset()");
    await this.#repl.listen(RESET_QUIET_MS, RESET_LIMIT_MS);
    await this.#repl.wake(this.#limits.answerMs);
    await store.erase(this.#repl, store.STAGE, this.#limits);
  }

  async #store(room: Room): Promise<Sum> {
    if (store.planFor(this.#file.length, room) === "direct") return this.#storeDirectly(room);
    if (store.needsCompacting(this.#file.length, room)) {
      this.#log("clearing deleted files away");
      await this.#repl.ask('require("Storage").compact()', this.#limits.compactMs);
    }
    await this.#write(store.STAGE, room.line);
    await this.#verify(store.STAGE);
    this.#goOn();
    this.#progress.phase = "copying";
    await store.copyToBoot(this.#repl, this.#file.length, this.#limits);
    const sum = await this.#verify(store.BOOT);
    this.#progress.phase = "stored";
    await store.erase(this.#repl, store.STAGE, this.#limits);
    return sum;
  }

  async #storeDirectly(room: Room): Promise<Sum> {
    this.#log("no room for two programs: a broken connection now costs the old one");
    this.#progress.phase = "direct";
    await this.#write(store.BOOT, room.line);
    return this.#verify(store.BOOT);
  }

  async #write(name: string, line: number): Promise<void> {
    const { total } = this.#progress;
    await store.writeFile(this.#repl, name, this.#file, line, this.#limits, (done) => {
      this.#progress.done = done;
      this.#options.onProgress?.(done, total);
      this.#goOn();
    });
  }

  async #verify(name: string): Promise<Sum> {
    const sent = store.sumOf(this.#file);
    const read = await store.readSum(this.#repl, name, this.#limits);
    if (read.length === sent.length && read.crc === sent.crc) return read;
    throw new Problem("E609", `read back ${describe(read)}, sent ${describe(sent)}.`);
  }

  async #restart(): Promise<Restarted> {
    const { quietMs = 1000, listenMs = 3000, placeOf } = this.#options;
    const { answerMs } = this.#limits;
    const restarted = await restart(this.#repl, { quietMs, listenMs, answerMs, placeOf });
    if (this.#repl.closed !== undefined)
      this.#log("the port closed after the restart; the program runs, at the latest once the board is reset");
    return restarted;
  }

  #problem(error: unknown): Problem {
    if (error instanceof Problem) return error;
    const at = this.#place();
    if (!(error instanceof ReplError)) throw error;
    if (error.kind === "closed") return new Problem("E607", `the port closed ${at} (${error.message}).`);
    if (error.kind === "silent") return new Problem("E608", `${error.message} ${at}.`);
    if (error.message.includes("Unable to find or create"))
      return new Problem("E605", `storage full: no room for ${this.#progress.total} bytes.`);
    return new Problem("E606", `refused ${at}: "${error.message}".`);
  }

  /** @throws Problem E612 when nobody wants the upload any more */
  #goOn(): void {
    if (this.#options.signal?.aborted === true) throw new Problem("E612", `interrupted ${this.#place()}.`);
  }

  #place(): string {
    const { done, total } = this.#progress;
    return total === 0 ? "before the first byte" : `at byte ${done} of ${total}`;
  }

  #ask(expression: string): Promise<string> {
    return this.#repl.ask(expression, this.#limits.answerMs);
  }

  #log(line: string): void {
    this.#options.log?.(line);
  }
}

function describe({ length, crc }: Sum): string {
  return `${length} bytes with CRC ${crc.toString(16).padStart(8, "0")}`;
}
