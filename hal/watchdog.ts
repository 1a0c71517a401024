/** Watchdogs: what begins a program anew that hangs. */
import type { Ticks } from "../core/types.js";

/**
 * The watchdog of a board: once it was started it must be fed again and again, or it begins the program anew. It cannot be
 * stopped. A `Watchdog` of the library decides when: while all that it watches is on time.
 */
export interface HardwareWatchdog {
  /** Feeds it, and from now on each time within `limit`. @throws E305 when the board has none */
  start(limit: Ticks): void;
  /** The program is well. Cost: O(1). Interrupts: may be called from anywhere. */
  feed(): void;
}
