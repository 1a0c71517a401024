import { DEV } from "../dev.js";
import { fail } from "../errors.js";
import { SIZES } from "../features.js";

/** Gives `count`, which sizes `subject`. @throws E121 unless it is a whole number from 1 to `most` */
export function checked(count: number, subject: string, what = "capacity", most = Infinity): number {
  if (SIZES && (!(count >= 1 && count <= most) || count % 1 !== 0)) {
    const range = most < Infinity ? " from 1 to " + most : " of at least 1";
    fail("E121", subject, DEV && "a " + what + " of " + count + " is not a whole number" + range);
  }
  return count;
}
