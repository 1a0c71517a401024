/** What modules declare for all threads: in the order in which they load, which is the same on each. */

export interface DeclaredSemaphore {
  readonly permits: number;
  /** Serves those who wait on this thread. */
  readonly look: () => void;
}

/** By number. */
export const declaredSemaphores: DeclaredSemaphore[] = [];
