/** One worker that runs shared tasks, as the main thread sees it. */
import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from "node:worker_threads";
import { serveCalls } from "../calls.js";
import type { RunDraft } from "../functions.js";
import { nodeOptions, type WorkerLimits } from "../types.js";
import type { TaskMessage } from "./serve.js";
import type { TaskData, TaskStart } from "./start.js";

type Start = Omit<TaskStart, "port">;

export class Hand {
  private readonly worker_: Worker;
  private readonly port_: MessagePort;
  private error_: unknown = undefined;
  isReady = false;
  isGone = false;
  private isEnding_ = false;

  constructor(
    program: URL | string,
    limits: WorkerLimits & { readonly runDraft: RunDraft },
    start: Start,
    private readonly receive_: (message: TaskMessage) => void,
    exited: (error: unknown, code: number) => void,
  ) {
    const { port1, port2 } = new MessageChannel();
    this.port_ = port1;
    this.worker_ = new Worker(program, {
      ...nodeOptions(limits),
      name: `tasks ${start.me}`,
      workerData: { dormouseTasks: { ...start, port: port2 } } satisfies TaskData,
      transferList: [port2],
    });
    serveCalls(this.worker_, limits.runDraft);
    this.worker_.unref();
    port1.on("message", receive_);
    port1.unref();
    this.worker_.on("error", (error) => (this.error_ ??= error));
    this.worker_.on("exit", (code) => {
      this.collect();
      this.isGone = true;
      port1.close();
      exited(this.error_, code);
    });
  }

  /** Reads what it has sent, without waiting for the event loop. */
  collect(): void {
    for (
      let received = receiveMessageOnPort(this.port_);
      received;
      received = receiveMessageOnPort(this.port_)
    ) {
      this.receive_(received.message as TaskMessage);
    }
  }

  /** Whether the process lives as long as it. */
  hold(isHeld: boolean): void {
    // Whoever ends it waits for that.
    if (this.isEnding_) return;
    if (isHeld) this.worker_.ref();
    else this.worker_.unref();
  }

  end(): Promise<unknown> {
    this.isEnding_ = true;
    return this.worker_.terminate();
  }
}
