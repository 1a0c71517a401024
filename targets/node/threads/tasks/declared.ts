/** What modules declare for all threads: in the order in which they load, which is the same on each. */
import type { TaskTable } from "./table.js";

/** Something that all threads share, as one of them sees it. */
export interface Declared {
  /** Words of it, where there are so many threads. */
  size_(threads: number): number;
  /** Makes it what it is at first, at word `at` of zeros. */
  fill_(table: TaskTable, at: number): void;
  /** Serves those who wait on this thread. */
  look_(): void;
  /** Gives back what thread `dead` had, and tasks of which `isAlive` says that they are over. All threads look afterwards. */
  bury_(dead: number, isAlive: (id: number) => boolean): void;
}

/** By number. */
export const declared: Declared[] = [];
