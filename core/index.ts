/** Dormouse: what programs import. */
export {
  task,
  spawn,
  trySpawn,
  BUSY,
  cancel,
  pause,
  resume,
  currentTask,
  nameOf,
  type TaskOptions,
} from "./task.js";
export { join, settled, stop, detach } from "./tasks/join.js";
export { type Outcome } from "./tasks/bonds.js";
export { CancelToken, isCancelRequested } from "./tasks/token.js";
export { Watchdog, type Deadline } from "./tasks/watchdog.js";
export { restart } from "./tasks/restart.js";
export { TaskGroup, type GroupError, type TaskGroupOptions } from "./tasks/group.js";
export { type FaultPolicy, type Restarts } from "./tasks/ends.js";
export { type Fault, type FaultHook } from "./tasks/fault-log.js";
export { faultCount, lastFault, onUnhandledFault } from "./tasks/faults.js";
export { reserve, type Reservation } from "./tasks/reserve.js";
export { recursive, type RecursionOptions } from "./recursion.js";
export { type TaskKind } from "./kinds.js";
export { type Task, type TaskId } from "./arena.js";
export { after, between, ms, s, sleep, sleepUntil, yieldNow } from "./time/sleep.js";
export { now } from "./clock.js";
export { Interval, type Missed } from "./time/interval.js";
export { Throttle } from "./time/throttle.js";
export { Debounce } from "./time/debounce.js";
export { WallClock } from "./time/wall-clock.js";
export { Signal } from "./sync/signal.js";
export { Channel, CLOSED } from "./sync/channel.js";
export { Event, AutoResetEvent } from "./sync/event.js";
export { GreedySemaphore } from "./sync/greedy-semaphore.js";
export { type Guard } from "./sync/guard.js";
export { Mutex } from "./sync/mutex.js";
export { Semaphore } from "./sync/semaphore.js";
export { Watch } from "./sync/watch.js";
export { Barrier } from "./sync/barrier.js";
export { DropNewestChannel, DropOldestChannel } from "./sync/lossy-channels.js";
export { Latch } from "./sync/latch.js";
export { OnceCell, type Turn } from "./sync/once-cell.js";
export { Pipe } from "./sync/pipe.js";
export { PriorityChannel } from "./sync/priority-channel.js";
export { PubSub, type Subscription } from "./sync/pub-sub.js";
export { Backoff, type BackoffOptions } from "./flow/backoff.js";
export { type Pauses } from "./flow/pauses.js";
export { type RetryOptions } from "./flow/tries.js";
export { makeRandom } from "./flow/random.js";
export { retry } from "./async/retry.js";
export { BlockPool } from "./pools/block-pool.js";
export { ObjectPool } from "./pools/object-pool.js";
export { ByteRing, RingBuffer } from "./pools/ring-buffer.js";
export { RwLock } from "./sync/rw-lock.js";
export { ZeroCopyChannel } from "./sync/zero-copy-channel.js";
export {
  all,
  any,
  deadline,
  fairSelect,
  race,
  select,
  timeout,
  TIMED_OUT,
  type Arms,
  type Selected,
} from "./flow/select.js";
export { filter, map, merge, take, window, type ItemOf, type Stream } from "./flow/streams.js";
export { type AnyError } from "./flow/gathering.js";
export { type Future, type Ticks, type Instant } from "./types.js";
export { type RuntimeError } from "./errors.js";
export { Executor, type ExecutorOptions } from "./executor.js";
export { ObservedExecutor, type TaskHooks } from "./observed-executor.js";
export { observe, slotOf } from "./observe.js";
export { Meter, makeExecutorCounts, makeTaskCounts, type ExecutorCounts, type TaskCounts } from "./meter.js";
export { makePasses as passes } from "./policies/passes.js";
export { makeFifo as fifo } from "./policies/fifo.js";
export { makePriorities as priorities } from "./policies/priorities.js";
export { type MakePolicy, type Policy, type Poller } from "./policies/policy.js";
export { type Platform } from "./platform.js";
export { handOver, takeOver } from "./shared/hand-over.js";
export { makeSharedMemory, type SharedMemory } from "./shared/memory.js";
export { snapshot, type TaskInfo } from "./snapshot.js";
