/** Signals of the operating system, as a channel of their names. */
import { isMainThread } from "node:worker_threads";
import { Channel } from "../../../core/index.js";
import { coded } from "../tool-errors.js";

/** Signals that wait to be taken; others of the same name are lost beyond that, as they are in the kernel. */
const CAPACITY = 16;

/** `for await (const name of signals)`; while it is open the signals do nothing else. Close it to give them back. */
export class Signals extends Channel<string> {
  /** @throws E444 on a worker */
  constructor(private readonly names_: readonly string[]) {
    super(CAPACITY);
    if (!isMainThread) {
      throw coded(
        "E444",
        names_.join(),
        "signals come to the main thread alone. Send them on through a Channel",
      );
    }
    for (const name of names_) process.on(name, this.came_);
  }

  override close(): void {
    for (const name of this.names_) process.off(name, this.came_);
    super.close();
  }

  /** As {@link close}: what `using` does at the end of its scope. */
  [Symbol.dispose](): void {
    this.close();
  }

  private readonly came_ = (name: string): void => {
    this.trySend(name);
  };
}

/** `signals("SIGINT", "SIGTERM")`: takes these signals from now on. @throws E444 on a worker */
export function signals(...names: readonly string[]): Signals {
  return new Signals(names);
}
