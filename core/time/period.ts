import { DEV } from "../dev.js";
import { fail } from "../errors.js";
import type { Ticks } from "../types.js";

/** The longest period, 12 days: a clock of 32 bits must tell what is to come from what is overdue. */
const LONGEST = 0x40000000;

/** The `period` of `what`. @throws E170 unless it is whole milliseconds from 1 to 2^30 */
export function periodOf(what: string, period: Ticks): Ticks {
  if (DEV && !(period >= 1 && period <= LONGEST && period % 1 === 0))
    fail("E170", what, "a period of " + period + " ms is not a whole number from 1 to " + LONGEST);
  return period;
}
