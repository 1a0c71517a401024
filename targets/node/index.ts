/** Node: programs in real time on a Linux or macOS host, with real pins on a Raspberry Pi. */
export { run, type RunOptions, type Running } from "./run.js";
export { createBoard, type BoardOptions, type NodeBoard } from "./board.js";
export { NodePlatform, type NodeClock } from "./platform.js";
export { raspberry } from "./raspberry.js";
export { threads, type Threads, type ThreadsOptions, type LaneStats } from "./threads/threads.js";
export type { JobFunction, JobOptions, LaneName, ModuleFunction, Priority } from "./threads/types.js";
export type { SharedTask } from "./threads/tasks/host.js";
export { currentWorker, spawnOn } from "./threads/affinity.js";
export { sharedArray, type ArrayType } from "./threads/shared-array.js";
export { SharedSemaphore } from "./threads/shared-semaphore.js";
export type { Flavor } from "./threads/tasks/queues.js";
export { currentJob, transferring, type JobContext } from "./threads/job-context.js";
export { connect, listen, type TcpAddress, type TcpServer, type TcpSocket } from "./io/tcp.js";
export { startChild, type Child, type ChildOptions, type ExitStatus } from "./io/children.js";
export { openFile, type OpenFile } from "./io/files.js";
export { signals, type Signals } from "./io/signals.js";
export { ioBackend, type IoBackend } from "./io/backend.js";
