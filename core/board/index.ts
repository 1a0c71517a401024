/**
 * What programs import in device builds, in the place of core/index.ts. `select` and `timeout` have no function here:
 * the compiler turns them into groups.
 */
export { task, spawn, trySpawn, BUSY, cancel, pause, resume, currentTask, nameOf } from "./task.js";
export { join, settled, stop, detach } from "../tasks/join.js";
export { reserve } from "../tasks/reserve.js";
export { ms, s, sleep, yieldNow } from "../time.js";
export { Signal } from "../sync/signal.js";
export { Channel, CLOSED } from "../sync/channel.js";
export { Event, AutoResetEvent } from "../sync/event.js";
export { GreedySemaphore } from "../sync/greedy-semaphore.js";
export { Mutex } from "../sync/mutex.js";
export { Semaphore } from "../sync/semaphore.js";
export { Watch } from "../sync/watch.js";
export { TIMED_OUT } from "../flow/outcomes.js";
export { recursive } from "./recursive.js";
