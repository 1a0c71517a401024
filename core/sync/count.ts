import { DEV } from "../dev.js";
import { fail } from "../errors.js";
import { SIZES } from "../features.js";

/** Gives `count`, which sizes `subject`. @throws E121 unless it is a whole number of at least 1 */
export function checked(count: number, subject: string, what = "capacity"): number {
  if (SIZES && (!(count >= 1) || count % 1 !== 0)) {
    fail("E121", subject, DEV && "a " + what + " of " + count + " is not a whole number of at least 1");
  }
  return count;
}
