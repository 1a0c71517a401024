/**
 * What programs import in device builds, in the place of core/index.ts. Races (`select`, `timeout`, `all` and the like) have no function
 * here: the compiler turns them into groups.
 */
export { spawn, trySpawn, BUSY, cancel, pause, resume, currentTask, nameOf } from "./task.js";
export { task } from "./pools.js";
export { join, settled, stop, detach } from "../tasks/join.js";
export { CancelToken, isCancelRequested } from "../tasks/token.js";
export { Watchdog } from "../tasks/watchdog.js";
export { restart } from "../tasks/restart.js";
export { TaskGroup } from "../tasks/group.js";
export { faultCount, lastFault, onUnhandledFault } from "../tasks/faults.js";
export { reserve } from "../tasks/reserve.js";
export { after, between, ms, s, sleep, sleepUntil, yieldNow } from "../time/sleep.js";
export { now } from "../clock.js";
export { Interval } from "../time/interval.js";
export { Throttle } from "../time/throttle.js";
export { Debounce } from "../time/debounce.js";
export { WallClock } from "../time/wall-clock.js";
export { observe, slotOf } from "./observe.js";
export { Meter, makeExecutorCounts, makeTaskCounts } from "../meter.js";
export { Signal } from "../sync/signal.js";
export { Channel, CLOSED } from "../sync/channel.js";
export { Event, AutoResetEvent } from "../sync/event.js";
export { GreedySemaphore } from "../sync/greedy-semaphore.js";
export { Mutex } from "../sync/mutex.js";
export { Semaphore } from "../sync/semaphore.js";
export { Watch } from "../sync/watch.js";
export { Barrier } from "../sync/barrier.js";
export { DropNewestChannel, DropOldestChannel } from "../sync/lossy-channels.js";
export { Latch } from "../sync/latch.js";
export { OnceCell } from "../sync/once-cell.js";
export { Pipe } from "../sync/pipe.js";
export { PriorityChannel } from "../sync/priority-channel.js";
export { PubSub } from "../sync/pub-sub.js";
export { Backoff } from "../flow/backoff.js";
export { makeRandom } from "../flow/random.js";
export { retry } from "../async/retry.js";
export { BlockPool } from "../pools/block-pool.js";
export { ObjectPool } from "../pools/object-pool.js";
export { ByteRing, RingBuffer } from "../pools/ring-buffer.js";
export { RwLock } from "../sync/rw-lock.js";
export { ZeroCopyChannel } from "../sync/zero-copy-channel.js";
export { TIMED_OUT } from "../flow/outcomes.js";
export { recursive } from "./recursive.js";
