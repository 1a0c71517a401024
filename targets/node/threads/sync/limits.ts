/** Sizes that words of shared memory can count. */
import { coded } from "../../tool-errors.js";

/** Gives `count`. @throws E449 when it is more than `most` */
export function atMost(most: number, count: number, subject: string, what: string): number {
  if (count <= most) return count;
  throw coded(
    "E449",
    subject,
    `a ${what} of ${count} is more than ${most}, which threads can share. Give less`,
  );
}
