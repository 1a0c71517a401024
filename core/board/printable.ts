import { STACKS } from "../features.js";

/** `thrown`, or what it is when it has no text: a target prints it, and nothing may be thrown there. */
export function printable(thrown: unknown): unknown {
  try {
    String(thrown);
    if (STACKS && thrown) String((thrown as Error).stack);
    return thrown;
  } catch (error) {
    return typeof thrown;
  }
}
