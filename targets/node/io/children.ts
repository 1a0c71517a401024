/** Child processes for tasks. */
import { spawn, type ChildProcess, type SpawnOptions } from "node:child_process";
import type { Future } from "../../../core/index.js";
import { begin } from "../../../core/leaf.js";
import { complete, completeWithError, type Op } from "../../../core/op.js";
import { append, makeWaitList, remove, shift } from "../../../core/sync/wait-list.js";
import { coded } from "../tool-errors.js";
import { ByteReader } from "./byte-reader.js";
import { ByteWriter } from "./byte-writer.js";

/** How a child ended. */
export interface ExitStatus {
  /** Null when a signal ended it. */
  readonly code: number | null;
  /** The signal that ended it; null where none did. */
  readonly signal: string | null;
}

/** How a child is started. */
export interface ChildOptions {
  /** The folder that it starts in; default that of this process. */
  readonly cwd?: string;
  /** Its environment; default that of this process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** A child process that runs. `using child = await startChild(...)` ends it with its task. */
export class Child {
  /** What it reads. */
  readonly stdin: ByteWriter;
  /** What it writes. */
  readonly stdout: ByteReader;
  /** What it writes of errors. */
  readonly stderr: ByteReader;
  /** The number of its process. */
  readonly pid: number;
  private status_: ExitStatus | null = null;
  private readonly waiters_ = makeWaitList();

  private readonly process_: ChildProcess;

  /** @internal {@link startChild} makes it, of a ChildProcess: users may have no types of Node's. */
  constructor(made: object, name: string) {
    this.process_ = made as ChildProcess;
    const { stdin, stdout, stderr, pid } = this.process_;
    if (stdin === null || stdout === null || stderr === null) throw new Error("a child without pipes");
    this.pid = pid ?? 0;
    this.stdin = new ByteWriter(stdin);
    this.stdout = new ByteReader(stdout, `${name} stdout`);
    this.stderr = new ByteReader(stderr, `${name} stderr`);
    stdin.on("error", (error) => {
      this.stdin.fail(
        Object.assign(coded("E443", name, `takes no more input: ${error.message}`), { cause: error }),
      );
    });
    this.process_.on("close", (code, signal) => {
      this.status_ = { code, signal };
      for (let op = shift(this.waiters_); op !== null; op = shift(this.waiters_)) complete(op, this.status_);
    });
  }

  /** Waits until it has ended and its output is read. */
  exit(): Future<ExitStatus> {
    const op = begin(this, dropExit, null);
    if (this.status_ !== null) complete(op, this.status_);
    else append(this.waiters_, op);
    return op as unknown as Future<ExitStatus>;
  }

  /** Sends it a signal; false when it has ended. */
  kill(signal = "SIGTERM"): boolean {
    return this.process_.kill(signal as NodeJS.Signals);
  }

  /** Ends it, as `using` does at the end of its scope. */
  [Symbol.dispose](): void {
    if (this.status_ === null) this.kill("SIGKILL");
  }

  /** @internal */
  leave(op: Op): void {
    remove(this.waiters_, op);
  }
}

/** Waits until a program has started. @throws E443 when it cannot */
export function startChild(
  command: string,
  args: readonly string[] = [],
  options: ChildOptions = {},
): Future<Child> {
  const process = spawn(command, args, { ...(options as SpawnOptions), stdio: "pipe" });
  const op = begin(process, dropChild, null);
  process.once("error", (error) => {
    if (op.source_ !== process) return;
    const text = `cannot be started: ${error.message}`;
    completeWithError(op, Object.assign(coded("E443", command, text), { cause: error }));
  });
  process.once("spawn", () => {
    if (op.source_ === process) complete(op, new Child(process, command));
    else process.kill("SIGKILL");
  });
  return op as unknown as Future<Child>;
}

function dropExit(op: Op): void {
  (op.source_ as Child).leave(op);
}

function dropChild(op: Op): void {
  op.source_ = null;
}
