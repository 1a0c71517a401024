/** Serial devices through plain file operations and `stty` (coreutils): no native dependency. */
import { execFile, spawn, type ExecFileException } from "node:child_process";
import { constants } from "node:fs";
import { open, stat, type FileHandle } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { Port } from "./contract.js";
import { portError, type FlashError } from "./errors.js";

/**
 * How often an empty (or full) device is asked again. A blocking read would hold a thread of Node's pool and
 * keep the process from ending; at 115200 baud 5 ms are 58 bytes, far below the kernel's 4 kB.
 */
const POLL_MS = 5;

const IN_USE = "another program has it open.";

/**
 * Opens the device at `path` as raw bytes.
 *
 * @throws E601 when it does not exist, is no device, is not permitted or is in use, or stty is missing or fails
 */
export async function openSerial(name: string, path: string, baud: number, stty = "stty"): Promise<Port> {
  const file = await openDevice(name, path);
  try {
    await lock(name, file.fd);
    await configure(name, path, baud, stty);
  } catch (error) {
    await file.close();
    throw error;
  }
  return new SerialPort(name, file);
}

async function openDevice(name: string, path: string): Promise<FileHandle> {
  try {
    if (!(await stat(path)).isCharacterDevice()) throw portError(name, "is not a serial device.");
    // Non-blocking also because a plain open waits for a carrier signal that few boards give.
    return await open(path, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK);
  } catch (error) {
    throw openProblem(name, error as NodeJS.ErrnoException);
  }
}

function openProblem(name: string, error: NodeJS.ErrnoException): Error {
  if (error.code === "ENOENT")
    return portError(name, "does not exist. Is the board plugged in? `ls /dev/tty*` shows the devices.");
  if (error.code === "EACCES")
    return portError(
      name,
      "not permitted. Add yourself to the group that owns it (often dialout), or use sudo.",
    );
  if (error.code === "EBUSY") return portError(name, IN_USE);
  return error.code?.startsWith("E6") === true ? error : portError(name, `cannot be opened (${error.code}).`);
}

/**
 * Keeps out whoever asks, as does this command: two who talk to one board ruin what each of them wants. The lock
 * is on the open file, so it outlives the `flock` (util-linux) that takes it. Where there is none, nobody asks.
 */
function lock(name: string, fd: number): Promise<void> {
  return new Promise((done, failed) => {
    const child = spawn("flock", ["-n", "-x", "3"], { stdio: ["ignore", "ignore", "ignore", fd] });
    child.once("error", () => done());
    child.once("exit", (code) => {
      if (code === 1) failed(portError(name, IN_USE));
      else done();
    });
  });
}

/** `raw` also turns the kernel's own XON/XOFF handling off: the REPL driver does it. */
function configure(name: string, path: string, baud: number, stty: string): Promise<void> {
  const settings = [process.platform === "darwin" ? "-f" : "-F", path, String(baud)];
  settings.push("raw", "-echo", "clocal", "cread", "cs8", "-parenb", "-cstopb");
  return new Promise((done, failed) => {
    // In words that sttyProblem() knows.
    execFile(stty, settings, { env: { ...process.env, LC_ALL: "C" } }, (error, _, stderr) => {
      if (error) failed(sttyProblem(name, error, stderr));
      else done();
    });
  });
}

function sttyProblem(name: string, error: ExecFileException, stderr: string): FlashError {
  if (error.code === "ENOENT") return portError(name, 'the program "stty" is missing. Install coreutils.');
  if (stderr.includes("Inappropriate ioctl")) return portError(name, "is not a serial device.");
  return portError(name, `cannot be set up: ${stderr.trim().split("\n")[0] ?? "stty failed"}.`);
}

class SerialPort implements Port {
  readonly name: string;
  readonly #file: FileHandle;
  #isOpen = true;
  #reason: string | undefined;
  #closed: (reason: string) => void = () => undefined;

  constructor(name: string, file: FileHandle) {
    this.name = name;
    this.#file = file;
  }

  async write(bytes: Uint8Array): Promise<void> {
    let sent = 0;
    while (sent < bytes.length) {
      if (!this.#isOpen) throw new Error(this.#reason ?? "closed");
      const count = await this.#attempt(async () => (await this.#file.write(bytes, sent)).bytesWritten);
      if (count === undefined) await sleep(POLL_MS);
      else sent += count;
    }
  }

  onData(listener: (bytes: Uint8Array) => void): void {
    void this.#readOn(listener);
  }

  onClose(listener: (reason: string) => void): void {
    this.#closed = listener;
    if (this.#reason !== undefined) listener(this.#reason);
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#file.close().catch(() => undefined);
  }

  async #readOn(listener: (bytes: Uint8Array) => void): Promise<void> {
    const buffer = new Uint8Array(4096);
    while (this.#isOpen) {
      const count = await this.#attempt(
        async () => (await this.#file.read(buffer, 0, buffer.length)).bytesRead,
      );
      if (count === 0) this.#lose("the device is gone");
      else if (count === undefined) await sleep(POLL_MS);
      else listener(buffer.slice(0, count));
    }
  }

  /** The count, or undefined when the device is not ready; every other failure closes the port. */
  async #attempt(transfer: () => Promise<number>): Promise<number | undefined> {
    try {
      return await transfer();
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code !== "EAGAIN") this.#lose(code === "EIO" || code === "ENXIO" ? "the device is gone" : message);
      return undefined;
    }
  }

  #lose(reason: string): void {
    if (!this.#isOpen) return;
    this.close();
    this.#reason = reason;
    this.#closed(reason);
  }
}
