/** Types alone: what programs may do with our objects by syntax. */

import type { Future } from "./types.js";

/** `for await (const item of channel)`, which the compiler turns into receives until it is closed. */
declare module "./sync/channel.js" {
  interface Channel<T> {
    [Symbol.asyncIterator](): AsyncIterator<T>;
  }
}

declare module "./sync/pub-sub.js" {
  interface Subscription<T> {
    [Symbol.asyncIterator](): AsyncIterator<T>;
  }
}

declare module "./flow/streams.js" {
  interface Stream<T> {
    [Symbol.asyncIterator](): AsyncIterator<T>;
  }
}

/** `using guard = await mutex.lock()`. */
declare module "./sync/guard.js" {
  interface Guard {
    [Symbol.dispose](): void;
  }
}

/** `await using group = new TaskGroup()`. */
declare module "./tasks/group.js" {
  interface TaskGroup {
    [Symbol.asyncDispose](): Future<void>;
  }
}
