/** The clocks in device builds: the names of the library's `clock.ts`. */
export { clockOf as now } from "./scheduler.js";

export function wallTime(): number {
  // Espruino's has fractions.
  return Math.floor(Date.now());
}
