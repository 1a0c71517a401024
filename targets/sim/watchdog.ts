/** The watchdog of a simulated board. */
import type { Ticks } from "../../core/index.js";
import type { HardwareWatchdog } from "../../hal/index.js";

/** See the contract; the simulation asks when it bites. */
export class SimWatchdog implements HardwareWatchdog {
  /** The last instant at which feeding it helps, in milliseconds since start. */
  due = Infinity;
  private limit_ = Infinity;

  constructor(private readonly now_: () => number) {}

  /** What it was started with. */
  get limit(): number {
    return this.limit_;
  }

  start(limit: Ticks): void {
    this.limit_ = limit;
    this.feed();
  }

  feed(): void {
    this.due = this.now_() + this.limit_;
  }
}
