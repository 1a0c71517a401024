/** Messages from each worker of a pool to all others, which can also be read without waiting for the event loop. */
import { BroadcastChannel, receiveMessageOnPort, type MessagePort } from "node:worker_threads";
import type { Channel } from "./outcomes.js";

/** That of the name; `receive` is told of what comes. It keeps no thread alive. */
export function openBroadcast<T>(name: string, receive: (message: T) => void): Channel<T> {
  const channel = new BroadcastChannel(name);
  channel.onmessage = (event: unknown) => {
    receive((event as { data: T }).data);
  };
  channel.unref();
  return {
    post: (message) => {
      channel.postMessage(message);
    },
    // Its types know of ports alone.
    next: () => receiveMessageOnPort(channel as unknown as MessagePort)?.message as T | undefined,
  };
}
