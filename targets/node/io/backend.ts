/** How libuv waits for the operating system here. */
import { readdirSync, readlinkSync } from "node:fs";

/** What {@link ioBackend} finds. */
export interface IoBackend {
  /** Of sockets, pipes and timers. */
  readonly poller: "epoll" | "kqueue" | "iocp" | "event ports";
  /**
   * Whether files go through io_uring. It is off by default in Node 20, which has it on Linux:
   * `UV_USE_IO_URING=1 node program.js` switches it on. Else files have libuv's thread pool.
   */
  readonly ioUring: boolean;
}

/** Looks at what this process uses: on Linux, at its open descriptors. */
export function ioBackend(): IoBackend {
  if (process.platform === "win32") return { poller: "iocp", ioUring: false };
  if (process.platform === "sunos") return { poller: "event ports", ioUring: false };
  if (process.platform !== "linux") return { poller: "kqueue", ioUring: false };
  return { poller: "epoll", ioUring: readdirSync("/proc/self/fd").some(isRing) };
}

function isRing(descriptor: string): boolean {
  try {
    return readlinkSync(`/proc/self/fd/${descriptor}`) === "anon_inode:[io_uring]";
  } catch {
    // It was closed meanwhile: the one by which the folder was read, for one.
    return false;
  }
}
