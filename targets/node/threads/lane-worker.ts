/** One worker of a lane, as the main thread sees it. */
import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from "node:worker_threads";
import { serveCalls } from "./calls.js";
import type { RunDraft } from "./functions.js";
import { describe, reasonOf, type Death } from "./failures.js";
import { coded } from "../tool-errors.js";
import type { LaneMemory } from "./memory.js";
import type { Parcel } from "./parcel.js";
import type { Order, WorkerStart } from "./protocol.js";
import { nodeOptions, type WorkerLimits } from "./types.js";
import { workerModule } from "./worker-file.js";

export class LaneWorker {
  isReady = false;
  /** Answers that were read. */
  read = 0;
  /** Why the main thread ended it. */
  private end_: Death | null = null;
  private error_: unknown = undefined;
  private readonly thread_: Worker;
  private readonly port_: MessagePort;
  /** For the watchdog: what it saw last, and for how long nothing changed. */
  beats = 0;
  quiet = 0;
  isPinged = false;

  constructor(
    readonly number: number,
    name: string,
    start: Omit<WorkerStart, "port" | "worker">,
    limits: WorkerLimits & { readonly runDraft: RunDraft },
    exited: (worker: LaneWorker, death: Death) => void,
  ) {
    const { port1, port2 } = new MessageChannel();
    this.port_ = port1;
    const { module, eval: isText } = workerModule();
    this.thread_ = new Worker(module, {
      eval: isText,
      ...nodeOptions(limits),
      name,
      workerData: { ...start, worker: number, port: port2 } satisfies WorkerStart,
      transferList: [port2],
    });
    serveCalls(this.thread_, limits.runDraft);
    // The lane keeps the process alive, while there are jobs.
    this.thread_.unref();
    this.thread_.on("error", (error) => (this.error_ ??= error));
    this.thread_.on("exit", (code) => {
      exited(this, this.deathOf_(code));
      this.port_.close();
    });
  }

  tell(order: Order, transfer: readonly unknown[] = []): void {
    this.port_.postMessage(order, transfer as never[]);
  }

  /** The next thing that it sent outside of shared memory. */
  parcel(): Parcel | undefined {
    try {
      return receiveMessageOnPort(this.port_)?.message as Parcel | undefined;
    } catch (error) {
      const text = `a result cannot be read: ${reasonOf(error)}`;
      return { failure: describe(coded("E426", "job", text)) };
    }
  }

  /** Ends it here and now. */
  end(death: Death): Promise<unknown> {
    this.end_ ??= death;
    return this.thread_.terminate();
  }

  /** Whether it is on its way out. */
  get isEnding(): boolean {
    return this.end_ !== null;
  }

  /** Whether it sleeps. */
  isIdle(memory: LaneMemory): boolean {
    return this.isReady && !this.isEnding && memory.isAsleep(memory.sleeps(this.number));
  }

  private deathOf_(code: number): Death {
    if (this.end_ !== null) return this.end_;
    const cause = this.error_;
    if ((cause as { code?: unknown } | undefined)?.code === "ERR_WORKER_OUT_OF_MEMORY") {
      const text =
        "its worker ran out of memory, and was replaced. Raise resourceLimits, or keep less at a time";
      return { code: "E432", text, cause };
    }
    if (cause !== undefined) {
      const text = `its worker ended by an error that nobody caught, and was replaced: ${reasonOf(cause)}`;
      return { code: "E431", text, cause };
    }
    const text = `its worker ended with exit code ${code}, and was replaced. Return or throw instead of process.exit()`;
    return { code: "E430", text };
  }
}
