/** What a tool that runs a program wants of all threads that it makes: the command line draws them so. */
import type { Threads } from "./threads.js";

interface Tracing {
  /** The option `trace` of threads that say nothing of it. */
  turns: number;
  /** Told when they end, with all that they have been. */
  atEnd: (threads: Threads) => void;
}

export const tracing: Tracing = { turns: 0, atEnd: () => undefined };
