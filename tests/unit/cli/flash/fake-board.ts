/** A scripted peer that speaks like the Espruino REPL over TCP, with faults. */
import { createServer, type Server, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { createContext, runInContext, type Context } from "node:vm";
import { crc32 } from "../../../../cli/flash/pieces.js";
import { FakeStorage, type StorageFaults } from "./fake-storage.js";

/** How this board misbehaves. */
export interface Faults extends StorageFaults {
  /** Never says anything. */
  readonly isDead?: boolean;
  /** Says this to every line and evaluates nothing. */
  readonly parrot?: string;
  /** Sends its output in chunks of this size, with noise and flow control in between. */
  readonly chunk?: number;
  /** Waits this long before it does what one of the first four lines says. */
  readonly delayMs?: number;
  /** Closes the connection, or falls silent, once a line with this text arrived for the nth time. */
  readonly closeAt?: readonly [text: string, nth: number];
  readonly silentAt?: readonly [text: string, nth: number];
  /** Is interrupted in a line with this text, as when memory runs out: no `catch` sees it. */
  readonly interruptAt?: string;
  readonly hasNoStorage?: boolean;
  /** Needs this many Ctrl-C before it answers. */
  readonly busyUntil?: number;
  /** Says stop to the first bytes, and go once it was interrupted. */
  readonly stopsWhileBusy?: boolean;
  /** Says this to everybody who connects, and no more. */
  readonly greeting?: string;
  /** Closes every connection at once, after its greeting. */
  readonly closesAtOnce?: boolean;
  /** Sends XOFF after this many bytes and XON 50 ms later, again and again. */
  readonly stopEvery?: number;
  /** The size of its input buffer as it tells it. */
  readonly rx?: number;
}

const BANNER =
  "\r\n ____                 _ \r\n|  __|___ ___ ___ _ _|_|___ ___ \r\n 2v29 (c) 2026 G.Williams\r\n\r\n>";

export class FakeBoard {
  readonly storage: FakeStorage;
  /** Bytes of the longest burst that came without any answer in between. */
  longestBurst = 0;
  /** Bytes that came while the board had said stop, beyond what was on its way. */
  bytesWhileStopped = 0;
  resets = 0;
  loads = 0;
  port = "";
  readonly #faults: Faults;
  readonly #seen = new Map<string, number>();
  readonly #server: Server;
  #context: Context;
  #client: Socket | undefined;
  #line = "";
  #burst = 0;
  #received = 0;
  #lines = 0;
  #stoppedAt: number | undefined;
  #isSilent: boolean;
  #interrupts = 0;
  #work = Promise.resolve();

  constructor(faults: Faults = {}) {
    this.#faults = faults;
    this.storage = new FakeStorage(faults);
    this.#context = this.#fresh();
    this.#isSilent =
      faults.isDead === true || faults.busyUntil !== undefined || faults.greeting !== undefined;
    this.#server = createServer((socket) => {
      this.#client = socket.setNoDelay();
      socket.on("error", () => undefined);
      socket.on("data", (bytes) => this.#take(bytes));
      if (faults.greeting !== undefined) socket.write(faults.greeting);
      if (faults.closesAtOnce === true) socket.end();
    });
  }

  async start(): Promise<this> {
    await new Promise<void>((done) => this.#server.listen(0, "127.0.0.1", done));
    const address = this.#server.address();
    if (typeof address === "object" && address) this.port = `tcp://127.0.0.1:${address.port}`;
    return this;
  }

  close(): void {
    this.#client?.destroy();
    this.#server.close();
  }

  /** Cuts the connection. */
  cut(): void {
    this.#client?.destroy();
    this.#isSilent = true;
  }

  /** What a power cycle would run: the program, or undefined where it stops before the first statement. */
  boots(): string | undefined {
    const code = this.storage.read(".bootcde");
    return code === undefined || code.slice(8).startsWith("\xff") ? undefined : code.slice(8);
  }

  #take(bytes: Buffer): void {
    this.#burst += bytes.length;
    this.longestBurst = Math.max(this.longestBurst, this.#burst);
    if (this.#stoppedAt !== undefined) this.bytesWhileStopped += bytes.length;
    this.#received += bytes.length;
    this.#stopSometimes();
    if (this.#faults.stopsWhileBusy === true && this.#isSilent) this.#client?.write("\x13");
    for (const character of bytes.toString("latin1")) this.#type(character);
  }

  #stopSometimes(): void {
    if (this.#faults.stopEvery === undefined || this.#received < this.#faults.stopEvery) return;
    this.#received = 0;
    this.#stoppedAt = performance.now();
    this.#client?.write("\x13");
    setTimeout(() => {
      this.#stoppedAt = undefined;
      this.#client?.write("\x11");
    }, 50);
  }

  #type(character: string): void {
    if (character === "\x03") {
      this.#line = "";
      if (++this.#interrupts === this.#faults.busyUntil) this.#goOn();
    } else if (character !== "\n") this.#line += character;
    else {
      const line = this.#line;
      this.#line = "";
      this.#work = this.#work.then(() => this.#execute(line));
    }
  }

  #goOn(): void {
    this.#isSilent = false;
    if (this.#faults.stopsWhileBusy === true) this.#client?.write("\x11");
  }

  async #execute(line: string): Promise<void> {
    if (this.#isSilent) return;
    if (this.#isTime(line, this.#faults.closeAt)) this.cut();

    if (this.#isTime(line, this.#faults.silentAt)) this.#isSilent = true;
    if (this.#isSilent) return;
    if (this.#faults.delayMs !== undefined && this.#lines++ < 4) await sleep(this.#faults.delayMs);
    if (this.#faults.parrot !== undefined) return this.#say(`${line}\r\n${this.#faults.parrot}\r\n`);
    this.#burst = 0;
    // Echo is off for a line that begins with \x10.
    if (!line.startsWith("\x10")) await this.#say(`${line}\r\n`);
    await this.#say(this.#evaluate(line.replace(/^\x10/, "")));
  }

  #isTime(line: string, when: readonly [string, number] | undefined): boolean {
    if (when === undefined || !line.includes(when[0])) return false;
    const count = (this.#seen.get(when[0]) ?? 0) + 1;
    this.#seen.set(when[0], count);
    return count === when[1];
  }

  #evaluate(line: string): string {
    if (this.#faults.interruptAt !== undefined && line.includes(this.#faults.interruptAt))
      return "Execution Interrupted during event processing.\r\nNew interpreter error: LOW_MEMORY,MEMORY\r\n>";
    const printed: string[] = [];
    this.#context["print"] = (...words: unknown[]) => printed.push(`${words.join(" ")}\r\n`);
    this.#context["reset"] = () => printed.push(this.#reset());
    this.#context["load"] = () => printed.push(this.#load());
    try {
      runInContext(line, this.#context);
    } catch (error) {
      printed.push(`Uncaught ${String(error)}\r\n`);
    }
    return `${printed.join("")}>`;
  }

  #reset(): string {
    this.resets++;
    this.#context = this.#fresh();
    return BANNER;
  }

  #load(): string {
    this.loads++;
    const code = this.boots();
    this.#context = this.#fresh();
    return code === undefined ? "" : `\r\x1b[J${this.#evaluate(code)}`;
  }

  async #say(text: string): Promise<void> {
    if (this.#isSilent || text === "") return;
    const { chunk } = this.#faults;
    if (chunk === undefined) this.#client?.write(text, "latin1");
    else
      for (let start = 0; start < text.length; start += chunk) {
        this.#client?.write(`${text.slice(start, start + chunk)}\x13\x11`, "latin1");
        await sleep(0);
      }
  }

  #fresh(): Context {
    const { hasNoStorage, rx } = this.#faults;
    const memory = () => ({ total: 1000, ...(rx === undefined ? {} : { rx: { total: rx } }) });
    return createContext({
      process: { version: "2v29", env: { BOARD: "FAKE" }, memory },
      E: { CRC32: (text: string) => crc32(Buffer.from(text, "latin1")) },
      require: (name: string) => {
        if (name !== "Storage" || hasNoStorage === true) throw new Error(`Module ${name} not found`);
        return this.storage;
      },
    });
  }
}
