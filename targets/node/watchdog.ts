/** The watchdog of a host: a timer of this process, which tells that nobody fed it. */
import type { RuntimeError, Ticks } from "../../core/index.js";
import { coded } from "./tool-errors.js";
import type { HardwareWatchdog } from "../../hal/index.js";

/** The error of a program that did not feed it. */
export function notFed(limit: Ticks): RuntimeError {
  return coded("E306", "watchdog", `was not fed for ${limit} ms. The program hangs, or misses a deadline`);
}

/** See the contract. While JavaScript keeps the thread busy the timer waits, and tells it afterwards. */
export class HostWatchdog implements HardwareWatchdog {
  private timer_: NodeJS.Timeout | null = null;

  constructor(private readonly onReset_: (limit: Ticks) => void) {}

  start(limit: Ticks): void {
    this.stop();
    // What has nothing else to wait for may end.
    this.timer_ = setTimeout(() => {
      this.onReset_(limit);
    }, limit).unref();
  }

  feed(): void {
    this.timer_?.refresh();
  }

  /** The program is over. */
  stop(): void {
    if (this.timer_ !== null) clearTimeout(this.timer_);
    this.timer_ = null;
  }
}
