/** Dormouse: what programs import. */
export { task, spawn, cancel, type TaskOptions } from "./task.js";
export { recursive, type RecursionOptions } from "./recursion.js";
export { type TaskKind } from "./kinds.js";
export { type TaskId } from "./arena.js";
export { ms, s, sleep, yieldNow } from "./time.js";
export { Signal } from "./sync/signal.js";
export { Channel, CLOSED } from "./sync/channel.js";
export { select, timeout, TIMED_OUT, type Arms, type Selected } from "./flow/select.js";
export { type Future, type Ticks, type Instant } from "./types.js";
export { type RuntimeError } from "./errors.js";
export { Executor, type ExecutorOptions } from "./executor.js";
export { type Platform } from "./platform.js";
export { handOver, takeOver } from "./shared/hand-over.js";
export { makeSharedMemory, type SharedMemory } from "./shared/memory.js";
export { snapshot, type TaskInfo } from "./snapshot.js";
