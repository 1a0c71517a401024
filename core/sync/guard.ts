import { DEV } from "../dev.js";
import { fail } from "../errors.js";

/** What a task holds until it releases it, or until the end of the scope of `using guard = await mutex.lock()`. */
export interface Guard {
  /** Gives back what is held. @throws E122 when it is not held, or by another task */
  release(): void;
}

/** Ends a release of `subject` by who does not hold it, but another task when it `isHeld`. */
export function failUnlocked(subject: string, isHeld: boolean): never {
  return fail(
    "E122",
    subject,
    DEV && (isHeld ? "another task" : "nobody") + " holds it. Release once, in the task that waited for it",
  );
}
