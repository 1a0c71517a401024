/** Types alone: `for await (const item of channel)`, which the compiler turns into receives until it is closed. */
declare module "./sync/channel.js" {
  interface Channel<T> {
    [Symbol.asyncIterator](): AsyncIterator<T>;
  }
}
export {};
