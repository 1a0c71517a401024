/** What "dormouse/node" exports; printed from the sources by `npm test -- --update unit/api`. */
/** One of the engine's typed arrays: `Float64Array`. */
export interface ArrayType {
    /** What it makes. */
    readonly prototype: unknown;
    /** As the engine has it. */
    readonly BYTES_PER_ELEMENT: number;
    new (...args: never[]): unknown;
}

/** How a board is made. */
export interface BoardOptions {
    /** `memory` leaves the hardware alone; default `auto`: real lines where there are any. */
    readonly pins?: "auto" | "memory";
    /** Path of the gpiochip; default the one behind a Raspberry Pi's header, else /dev/gpiochip0. */
    readonly chip?: string;
    /** The board's clock; default milliseconds since it was made. */
    readonly now?: () => Instant;
    /** Takes the lines that the program writes; default stdout. */
    readonly print?: (line: string) => void;
    /** Takes notes; default stderr. */
    readonly note?: (line: string) => void;
    /** Told once about each cause that makes a gpiod tool fail; default: its message is a note. */
    readonly onError?: (error: RuntimeError) => void;
    /** Told when nobody fed the watchdog for `limit`; default: the process ends with a note and exit code 1. */
    readonly onReset?: (limit: Ticks) => void;
    /** Told about each level that the program gives to an output. */
    readonly onOutput?: (pin: string, level: Level) => void;
}

/** A child process that runs. `using child = await startChild(...)` ends it with its task. */
export declare class Child {
    /** What it reads. */
    readonly stdin: ByteWriter;
    /** What it writes. */
    readonly stdout: ByteReader;
    /** What it writes of errors. */
    readonly stderr: ByteReader;
    /** The number of its process. */
    readonly pid: number;
    /** Waits until it has ended and its output is read. */
    exit(): Future<ExitStatus>;
    /** Sends it a signal; false when it has ended. */
    kill(signal?: string): boolean;
    /** Ends it, as `using` does at the end of its scope. */
    [Symbol.dispose](): void;
}

/** How a child is started. */
export interface ChildOptions {
    /** The folder that it starts in; default that of this process. */
    readonly cwd?: string;
    /** Its environment; default that of this process. */
    readonly env?: Readonly<Record<string, string | undefined>>;
}

/** How a child ended. */
export interface ExitStatus {
    /** Null when a signal ended it. */
    readonly code: number | null;
    /** The signal that ended it; null where none did. */
    readonly signal: string | null;
}

/** How ready tasks come to threads; docs/threads.md says which one when. */
export type Flavor = (typeof FLAVORS)[number];

/** Times of many, as far as buckets tell them. In milliseconds. */
export declare class Histogram {
    /** How many there were in each bucket: bucket 0 is below 1 us, and each is as wide as all before it together. */
    readonly counts: readonly number[];
    /** How many there were in all. */
    readonly count: number;
    /** What `share` of them, from 0 to 1, took at most: the upper bound of a bucket. 0 when there were none. */
    atMost(share: number): number;
}

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

/** A job under way, for the code that runs it. */
export interface JobContext {
    /** Aborted when whoever asked for the job gives it up, as soon as the worker's event loop turns. */
    readonly signal: Signal;
    /** The same at once, for loops that do not wait. Cost: a word of shared memory. */
    readonly isAborted: boolean;
    /**
     * Runs another job of the same threads, as `run` of {@link Threads} does; it may come to run on this worker, which takes
     * other jobs while this one waits for it. It is aborted with this one, unless it has a signal of its own.
     *
     * Cost: two messages, some tens of microseconds.
     */
    readonly run: RunJob;
}

/** What a job calls. */
export type JobFunction = ModuleFunction | ((...args: never[]) => unknown);

/** How a job is run. */
export interface JobOptions {
    /** Gives the job up, whether it waits or runs: its promise rejects with the signal's reason at once. */
    readonly signal?: Signal;
    /** What of the arguments moves to the worker instead of being copied, as in `postMessage`. */
    readonly transfer?: readonly unknown[];
    /** Which of the jobs that wait is next; default "normal". */
    readonly priority?: Priority;
    /** "blocking" for code that waits in calls: synchronous files, crypto, databases. Default "cpu". */
    readonly lane?: LaneName;
    /** The number of the worker that runs the job, from 0: one that has loaded, opened or cached what the job wants. */
    readonly pin?: number;
    /** Milliseconds for which the job may keep its worker from going on, instead of the `hungAfter` of all. */
    readonly hungAfter?: number;
}

/** What one worker did with jobs. */
export interface JobWorkerStats {
    /** Jobs that it ended. */
    readonly jobs: number;
    /** Times when it had nothing to do, and slept. */
    readonly parks: number;
    /** How long jobs waited for it; empty without `measure`. */
    readonly latency: Histogram;
    /** How long they ran, waits included; empty without `measure`. */
    readonly runTime: Histogram;
}

/** Which workers run a job: as many as there are cores, or those for calls that wait. */
export type LaneName = "cpu" | "blocking";

/** What a lane is doing. */
export interface LaneStats {
    /** Workers that run. */
    readonly workers: number;
    /** Jobs whose promise is not settled. */
    readonly inFlight: number;
    /** Promises that were settled so far. */
    readonly settled: number;
    /** By number of the worker, those that have not started too. */
    readonly each: readonly JobWorkerStats[];
}

/** What authors give and get: types that want none of Node's. */
/** An exported function of a module, which each worker imports once. */
export interface ModuleFunction {
    /** A URL, `new URL("./jobs.js", import.meta.url)`, or an absolute path, or the name of a package. */
    readonly module: {
        readonly href: string;
    } | string;
    /** Default "default". */
    readonly export?: string;
}

/** A board, and what the process it lives in may do with it. */
export interface NodeBoard<P extends PinTable> extends Board<P> {
    /** Where its pins are: "memory", or the version of the gpiod tools and the chip. */
    readonly backing: string;
    /** Drives an input from outside. @throws E301 no such pin, E313 it is a real line */
    drive(pin: string, level: Level): void;
    /** Sets what conversions of `pin` give from now on. @throws E301 no such pin */
    setReading(pin: string, reading: number): void;
    /**
     * Whether real inputs that were waited for keep the process alive: to be called when tasks start or end. It asks only
     * while there are such inputs.
     */
    hold(isHeld: () => boolean): void;
    /** Releases all lines. */
    close(): void;
}

/** What drives the platform; tests put their own here. */
export interface NodeClock {
    /** Milliseconds, with a fraction, that never go back. */
    now(): number;
}

/** The executor's platform on Node; `run` makes one. */
export declare class NodePlatform implements Platform {
    constructor(clock_?: NodeClock);
    /** Names the executor to run; `settled` is called after each of its runs. */
    attach(executor: Executor, settled?: () => void): void;
    now(): Instant;
    setAlarm(at: Instant): void;
    pend(): void;
    /** Lets go of the process; the executor is not run again. */
    stop(): void;
}

/**
 * A file that is open; one task uses it at a time.
 *
 * The kernel cannot be told to stop: bytes go through a buffer of the file's own, so that one who gave up waiting has
 * theirs to themselves, and what is asked for next begins when the kernel is done.
 */
export declare class OpenFile {
    /** As it was opened. */
    readonly path: string;
    /** Reads into `into`, 64 kB at most, at `position` or on from the last; how many bytes, 0 at the end. @throws E440, E445 */
    read(into: Uint8Array, position?: number | null): Future<number>;
    /** Writes `data`, 64 kB of it at most, at `position` or on from the last; how many bytes. @throws E440, E445 */
    write(data: Uint8Array, position?: number | null): Future<number>;
    /** Closes it; it cannot be used any more. */
    close(): void;
    /** As {@link close}: what `using` does at the end of its scope. */
    [Symbol.dispose](): void;
}

/** Which of the jobs that wait is next. */
export type Priority = "high" | "normal" | "low";

/** Runs a job: `run(fn, args, options)`. */
export interface RunJob {
    <A extends readonly unknown[], R>(fn: (...args: A) => R, args: A, options?: JobOptions): Promise<Awaited<R>>;
    <R>(fn: () => R, args?: readonly [], options?: JobOptions): Promise<Awaited<R>>;
    <R = unknown>(fn: ModuleFunction, args?: readonly unknown[], options?: JobOptions): Promise<R>;
}

/** How a program is run. */
export interface RunOptions<P extends PinTable = PortablePins> extends Omit<BoardOptions, "now"> {
    /** The board; default {@link raspberry}. */
    readonly board?: BoardSpec<P>;
    /** Slots of the task arena; default as many as the declared kinds want. */
    readonly tasks?: number;
    /** Told about each task that ended by a throw; default: a line on stderr. */
    readonly onFault?: (task: string, error: unknown) => void;
    /** Told what happens to tasks, a `Meter` say; see docs/observability.md. */
    readonly hooks?: TaskHooks;
}

/** A program under way. */
export interface Running<P extends PinTable = PortablePins> {
    /** Runs the program's tasks. */
    readonly executor: Executor;
    /** What `main` got. */
    readonly board: NodeBoard<P>;
    /** Ends it here and now: no task runs again, not even its `finally` blocks, and all lines are released. */
    stop(): void;
}

/**
 * A place where tasks of all threads wait for each other: when `parties` of them are there all go on, and the next round
 * begins. Of a module, where each thread makes it by the same line.
 *
 * Who has arrived has done so, also when it dies with its worker: the round goes on without it, and the next one lacks a party.
 *
 * Cost: a compare-and-set, and O(threads that wait) of the last; allocates nothing after construction.
 * Cancel: a dropped `wait` has not arrived: the others wait for one more. Once all were there nothing is taken back.
 */
export declare class SharedBarrier extends WaitsForRound {
    /** @throws E121 unless `parties` is a whole number of at least 1; E449 when it is too large */
    constructor(parties: number);
    /** Tasks that wait. @throws E446 where no threads share it */
    get waiting(): number;
    /** Waits until all are there. True for one of them in each round, the leader. @throws E446 where no threads share it */
    wait(): Future<boolean>;
}

/**
 * Blocks of bytes that all threads see, lent by number: a number goes through a {@link SharedChannel}, is kept by a shared task,
 * and the bytes are copied nowhere. Of a module, where each thread makes it by the same line.
 *
 * ```ts
 * const blocks = new SharedBlockPool(32, 4096);
 * const full = new SharedChannel<number>(32);
 *
 * const block = await blocks.borrow();      const block = await full.receive();
 * fill(blocks.bytes(block));                if (block !== CLOSED) use(blocks.bytes(block));
 * await full.send(block);                   blocks.giveBack(block);
 * ```
 *
 * One task fills a block, and hands it on. Blocks are as they were given back, not cleared. A block belongs to nobody: one that a
 * worker had when it died stays lent until somebody gives it back.
 *
 * Layout: the numbers of free blocks in a channel; a word of each block, whether it is lent; their bytes.
 * Cost: O(1) each; the bytes of a block are one object for each thread, made at its first use. Nothing else is allocated.
 * Cancel: a dropped `borrow` takes nothing.
 */
export declare class SharedBlockPool {
    /** `count` blocks of `size` bytes. @throws E121 unless both are whole numbers of at least 1; E449 when there are too many */
    constructor(count: number, size: number);
    /** Blocks of the pool. */
    get capacity(): number;
    /** Bytes of a block. */
    get blockSize(): number;
    /** Blocks that nobody has, as far as can be known. @throws E446 where no threads share it */
    get available(): number;
    /** Waits for a block that is free: its number. @throws E446 where no threads share it */
    borrow(): Future<number>;
    /** A block that is free now; null when there is none, or tasks of this thread wait for one. @throws E446 as {@link borrow} */
    tryBorrow(): number | null;
    /** The bytes of `block`, on every thread the same. @throws E182 when there is no such block, E446 as {@link borrow} */
    bytes(block: number): Uint8Array;
    /** Gives a block back, once. @throws E181 when nobody has it, E182 and E446 as {@link bytes} */
    giveBack(block: number): void;
}

/**
 * A bounded first-in-first-out queue between tasks of all threads: of a module, where each thread makes it by the same line.
 * `send` waits while it is full.
 *
 * ```ts
 * const samples = new SharedChannel<number>(64);
 * const orders = new SharedChannel<Order>(16, { bytes: 512 });
 * ```
 *
 * Items are numbers, `true`, `false`, `null`, `undefined` and texts of the program's types (`"idle" | "busy"`), which are not copied
 * anywhere else; with `bytes`, all that `structuredClone` takes. Items of one task arrive in order. Each arrives once, at one
 * receiver. Shared tasks may move on while they wait. When a worker dies, no item in the channel is lost.
 *
 * Layout: cells in shared memory. An item that a woken receiver has not fetched yet keeps its cell.
 * Cost: O(1) each, and O(threads that wait); allocates nothing for whole numbers of 32 bits, for others what the engine makes
 * of them. A copy costs some microseconds.
 * Cancel: a dropped `receive` takes nothing: what it was given is the oldest item again. A dropped `send` that still waits sends
 * nothing.
 */
export declare class SharedChannel<T = number> extends Shared {
    /** Types only: `for await (const item of channel)`, in a task, receives until the channel is closed and empty. */
    readonly [Symbol.asyncIterator]: () => AsyncIterator<T>;
    /** @throws E121 unless `capacity` and `bytes` are whole numbers, the first of at least 1; E449 when it is too large */
    constructor(capacity: number, { bytes }?: Copies, subject?: string);
    /** Items that it holds at most. */
    get capacity(): number;
    /** Items that wait to be received, as far as can be known. @throws E446 where no threads share it */
    get length(): number;
    /**
     * Waits until there is room and puts `value` last; false when the channel is closed, and nothing was sent.
     *
     * @throws E448 when `value` has no room, or cannot be copied; E446 where no threads share it
     */
    send(value: T): Future<boolean>;
    /** Puts `value` last if there is room now, and no task of this thread waits for some. @throws E448, E446 as {@link send} */
    trySend(value: T): boolean;
    /** Waits for the oldest item and takes it; {@link CLOSED} once the channel is closed and empty. @throws E446 as {@link send} */
    receive(): Future<T | typeof CLOSED>;
    /** Takes the oldest item if there is one now, and no task of this thread waits for some; else null. @throws E446 as {@link send} */
    tryReceive(): T | null;
    /** Lets no more items in, from any thread. What is inside can still be received; tasks that wait to send get false. @throws E446 */
    close(): void;
}

/**
 * A condition that is or is not, for the tasks of all threads: they wait until it is set, and all of them go on, also when it
 * is reset before they run. It stays set until `reset`. Of a module, where each thread makes it by the same line.
 *
 * Cost: a compare-and-set of `set`, and O(threads that wait); allocates nothing after construction.
 * Cancel: a dropped `wait` leaves nothing behind.
 */
export declare class SharedEvent extends WaitsForRound {
    constructor();
    /** Whether tasks that wait go on at once. @throws E446 where no threads share it */
    get isSet(): boolean;
    /** Wakes all who wait; until `reset`, nobody waits any more. @throws E446 where no threads share it */
    set(): void;
    /** Has tasks that come from now on wait. @throws E446 where no threads share it */
    reset(): void;
    /** Waits until it is set; not at all if it is. @throws E446 where no threads share it */
    wait(): Future<void>;
}

/**
 * A count that goes down to zero, once, for the tasks of all threads: they wait until so many things have happened. Of a module,
 * where each thread makes it by the same line.
 *
 * Cost: a compare-and-set of `countDown`, and O(threads that wait) of the last; allocates nothing after construction.
 * Cancel: a dropped `wait` leaves nothing behind.
 */
export declare class SharedLatch extends WaitsForRound {
    /** @throws E121 unless `count` is a whole number of at least 1; E449 when it is too large */
    constructor(count: number);
    /** Things that have not happened yet. @throws E446 where no threads share it */
    get count(): number;
    /** Says that `by` things happened. @throws E125 when that is more than the count that is left; E446 where no threads share it */
    countDown(by?: number): void;
    /** Waits until the count is zero; not at all if it is. @throws E446 where no threads share it */
    wait(): Future<void>;
}

/**
 * A lock that one task of all threads has at a time, over awaits too: of a module, where each thread makes it by the same line.
 *
 * ```ts
 * const disk = new SharedMutex();
 * const save = task(async (block: number) => {
 *   await disk.lock();
 *   try {
 *     await write(block);
 *   } finally {
 *     disk.release();
 *   }
 * }, { pool: 64, shared: true });
 * ```
 *
 * Tasks of one thread are served in the order in which they came; of several threads the first that looks. A shared task may move
 * on while it waits, and while it has the lock. When it dies with its worker, the lock is free, and {@link isAbandoned} until
 * the next owner has released it: what it protects may be half done.
 *
 * Cost: a compare-and-set each, and O(threads that wait) of a release; allocates nothing after construction.
 * Cancel: a dropped `lock` takes nothing; a lock that it was given already goes to those who wait. A task that is cancelled while
 * it has the lock releases it in `finally`, or by `using` where it is not `shared`: a guard that lives over an await pins its task.
 */
export declare class SharedMutex extends Shared implements Guard {
    constructor();
    /** Whether a task has it. @throws E446 where no threads share it */
    get isLocked(): boolean;
    /** Whether the last owner died with its worker: true until the next one has released the lock. @throws E446 */
    get isAbandoned(): boolean;
    /** Waits for the lock. A task that has it already waits for itself. @throws E446 where no threads share it */
    lock(): Future<SharedMutex>;
    /** Takes the lock if it is free now, and no task of this thread waits; else null. @throws E446 as {@link lock} */
    tryLock(): SharedMutex | null;
    /** Ends what `lock` began. @throws E122 unless the task that runs has the lock, E446 as {@link lock} */
    release(): void;
    /** As {@link release}: what `using` does at the end of its scope. */
    [Symbol.dispose](): void;
}

/**
 * Permits that tasks of all threads take and give back: of a module, where each thread makes it by the same line.
 *
 * ```ts
 * const disk = new SharedSemaphore(2);
 * const save = task(async (block: number) => {
 *   await disk.acquire();
 *   try { await write(block); } finally { disk.release(); }
 * }, { shared: true });
 * ```
 *
 * Tasks of one thread are served in the order in which they came; threads are told at once, and the first that looks is
 * served. A shared task may move on while it waits. A permit belongs to nobody: whoever likes may release it, and one that a
 * worker had, or had just taken for a task that waits there, when it died stays taken until somebody does. {@link SharedMutex} knows
 * its owner.
 *
 * The main thread and its tasks have it as well: of several pools, with the tasks of the one that began last.
 *
 * Cost: a compare-and-set each, and O(threads that wait) of a release; allocates nothing after construction.
 * Cancel: a dropped `acquire` takes nothing; what it was given already goes to those who wait.
 */
export declare class SharedSemaphore extends Shared {
    /** @throws E121 unless `permits` is a whole number of at least 1 */
    constructor(permits: number);
    /** Permits that nobody has. @throws E446 as {@link acquire} */
    get available(): number;
    /** Waits for a permit and takes it. @throws E446 where no threads share it */
    acquire(): Future<void>;
    /** Takes a permit if one is free now, and no task of this thread waits. @throws E446 as {@link acquire} */
    tryAcquire(): boolean;
    /** Gives a permit back. @throws E447 when all are free, E446 as {@link acquire} */
    release(): void;
}

/** A task under way on some thread. */
export interface SharedTask<R> {
    /** Names it, as `spawn` does for tasks of one thread. */
    readonly id: TaskId;
    /** What it returns; rejects with what it throws, E402 when it was cancelled, E403 when its worker died. */
    readonly result: Promise<R>;
    /** Asks it to end, wherever it is. */
    cancel(): void;
}

/**
 * The latest value, for any number of readers on all threads, each of which remembers the version that it has seen: of a module,
 * where each thread makes it by the same line.
 *
 * ```ts
 * const config = new SharedWatch<Config>({ gain: 1, name: "left" }, { bytes: 256 });
 *
 * for (let seen = 0; ; ) {
 *   seen = await config.changed(seen);
 *   apply(config.value);
 * }
 * ```
 *
 * Any thread may set it, at any time. A reader misses what was overwritten before it ran, never the latest. Copies are made once
 * for each version on each thread: those who read one there have the same object.
 *
 * Layout: two cells for each thread; versions are 1 for the first value, and one more with each `set`, from 2^26 on from 1 again.
 * Cost: O(1) each, and O(threads that wait) of a `set`; allocates nothing for whole numbers of 32 bits.
 * Cancel: a dropped `changed` leaves nothing behind.
 */
export declare class SharedWatch<T = number> extends Shared {
    /** @throws E448 when `initial` has no room, or cannot be copied; E121 unless `bytes` is a whole number */
    constructor(initial: T, { bytes }?: Copies);
    /** The latest value. @throws E446 where no threads share it */
    get value(): T;
    /** What `changed` is to be given by who wants to know of later values only. @throws E446 where no threads share it */
    get version(): number;
    /** Puts `value` in the place of the one before, and wakes all who wait. @throws E448 as the constructor; E446 where no threads share it */
    set(value: T): void;
    /** Waits until the version is no longer `seen`, and gives it: that of `value` now. 0 is the version before the first. @throws E446 */
    changed(seen: number): Future<number>;
}

/** `for await (const name of signals)`; while it is open the signals do nothing else. Close it to give them back. */
export declare class Signals extends Channel<string> {
    /** @throws E444 on a worker */
    constructor(names_: readonly string[]);
    close(): void;
    /** As {@link close}: what `using` does at the end of its scope. */
    [Symbol.dispose](): void;
}

/** What shared tasks are doing. */
export interface TaskStats {
    /** Workers that run them; 0 before the first was spawned. */
    readonly workers: number;
    /** Tasks that the main thread has spawned, and that are not over. */
    readonly inFlight: number;
    /** Those that are over. */
    readonly settled: number;
    /** By number of the worker. */
    readonly each: readonly TaskWorkerStats[];
}

/** What one worker did with shared tasks. */
export interface TaskWorkerStats {
    /** Turns that it gave to tasks. */
    readonly polls: number;
    /** Times when it took tasks from another worker, and how many these were. */
    readonly steals: number;
    /** Tasks that it took from other workers. */
    readonly stolen: number;
    /** Tasks that it took from the queues of all workers. */
    readonly injected: number;
    /** Times when its own queue was full, and half of it went to the queue of all. */
    readonly overflows: number;
    /** Times when it had nothing to do, and slept. */
    readonly parks: number;
    /** Milliseconds for which it did not. */
    readonly busy: number;
    /** How long tasks were ready before they had their turn; empty without `measure`. */
    readonly latency: Histogram;
    /** How long turns took; empty without `measure`. */
    readonly runTime: Histogram;
}

/** Where to connect to, or what to listen at. */
export interface TcpAddress {
    /** Its number; 0 to listen on any that is free. */
    readonly port: number;
    /** Default "127.0.0.1". */
    readonly host?: string;
}

/** Connections to a port, a channel of them: `for await (const socket of server)`. */
export declare class TcpServer extends Channel<TcpSocket> {
    /** The number of the port that it listens on. */
    readonly port: number;
    /** Takes no more connections; those that wait are still given out. */
    close(): void;
    /** As {@link close}: what `using` does at the end of its scope. */
    [Symbol.dispose](): void;
}

/** A connection. Close it: one that the other side has ended stays open for writing. */
export declare class TcpSocket {
    /** Of the other side: "127.0.0.1:5000". */
    readonly peer: string;
    /** Waits for bytes and puts them into `into`; how many, 0 when the other side has ended. @throws E440, E441 */
    read(into: Uint8Array): Future<number>;
    /** As {@link read}, without a copy: what came in one piece, or null at the end. @throws E440, E441 */
    readChunk(): Future<Uint8Array | null>;
    /** Writes all of `data`, and waits until its buffer may be used again. @throws E441 */
    write(data: Uint8Array | string): Future<void>;
    /** Ends our side once all is written; the other may go on. @throws E441 */
    end(): Future<void>;
    /** Lets go of the connection at once. */
    close(): void;
    /** As {@link close}: what `using` does at the end of its scope. */
    [Symbol.dispose](): void;
}

/** Worker threads that run jobs and shared tasks; {@link threads} makes them. */
export declare class Threads {
    /**
     * Runs a function on a worker: an exported one of a module, or one that stands alone, which is sent by its source.
     *
     * Arguments and result are copied as by `postMessage`, or moved (`transfer`). What a job throws, its promise rejects
     * with: the error has the name, message, code, cause and stack that it had there.
     *
     * Cost: a microsecond or two for small arguments, a message for others.
     * Cancel: by `signal`. A job that waits is taken back; one that runs is ended with its worker, which is replaced.
     * @throws E421 to E437, all by rejection
     */
    readonly run: RunJob;
    /**
     * As {@link run}, for a task to await: `const sum = await pool.call(add, [1, 2])`.
     *
     * Cost: less than `run`, since there is no promise. A job is an object; small arguments are not copied before they go.
     * Cancel: a job that waits is taken back; one that runs is ended as by a signal.
     * @throws E201 outside of tasks, E420 to E424 at once; the others where it is awaited
     */
    call<A extends readonly unknown[], R>(fn: (...args: A) => R, args: A, options?: Omit<JobOptions, "signal">): Future<Awaited<R>>;
    call<R>(fn: () => R, args?: readonly [], options?: Omit<JobOptions, "signal">): Future<Awaited<R>>;
    call<R = unknown>(fn: ModuleFunction, args?: readonly unknown[], options?: Omit<JobOptions, "signal">): Future<R>;
    /**
     * Starts a shared task, which moves between the workers at its waits: `const { result } = pool.spawn(sum, 1, 1000)`.
     * From inside of such a task, `spawn` of dormouse does the same.
     *
     * Cost: a few microseconds and a promise; the first call starts the workers. Arguments are numbers and booleans.
     * Cancel: by `cancel()` of what it gives; the task cleans up, on whichever thread it is.
     * @throws E101 when all slots of the kind are in use, E404 unless the kind is shared, E405 once closed
     */
    spawn<A extends readonly unknown[], R>(kind: TaskKind<A, R>, ...args: A): SharedTask<R>;
    /**
     * As {@link spawn}, for a task that worker number `worker` alone runs, from 0: one that has what the task wants in its own
     * memory, or in its processor's cache.
     *
     * @throws E420 when there is no such worker, and as {@link spawn}
     */
    spawnOn<A extends readonly unknown[], R>(worker: number, kind: TaskKind<A, R>, ...args: A): SharedTask<R>;
    /** Polls of shared tasks so far, of each worker. */
    get polls(): readonly number[];
    /** Waits until a lane takes a job more: back-pressure, where there is a `queueLimit`. */
    room(name?: LaneName): Promise<void>;
    /**
     * Starts the workers for jobs that are always there, or those for shared tasks, and waits until they take some.
     *
     * @throws E434 and E409 when they cannot start, E424 and E405 once closed, by rejection
     */
    ready(what?: "jobs" | "tasks"): Promise<void>;
    /**
     * How busy a lane is now, or what shared tasks do, and what each worker did so far.
     *
     * Cost: some objects; counting itself is a word of memory each.
     */
    stats(lane?: LaneName): LaneStats;
    stats(what: "tasks"): TaskStats;
    /**
     * The last turns of shared tasks, or the last jobs of a lane, in the order in which they began: as many as the option `trace`
     * says, of each worker or lane. `npm run host -- --lanes PROGRAM` draws them.
     */
    trace(what: LaneName | "tasks"): readonly Turn[];
    /** Takes no more jobs, waits for those that it has, and ends the workers. */
    close(): Promise<void>;
    /** Ends the workers here and now; jobs that are not done reject with E435. */
    terminate(): Promise<void>;
    /** As {@link close}: what `await using` does at the end of its scope. */
    [Symbol.asyncDispose](): Promise<void>;
}

/** How {@link threads} are made. Times are in milliseconds. */
export interface ThreadsOptions extends WorkerLimits {
    /** How shared tasks are shared out; default "workStealing". docs/threads.md says which is for what. */
    readonly flavor?: Flavor;
    /** The module that declares the shared tasks, which each of their workers loads; default that which Node was started with. */
    readonly program?: URL | string;
    /** Workers of the CPU lane; default as many as the machine runs at once. */
    readonly workers?: number;
    /** Whether workers start when there is work for them; default true. */
    readonly lazy?: boolean;
    /** Functions that each worker loads before it takes jobs. */
    readonly warmUp?: readonly JobFunction[];
    /** Jobs that a worker has under way at once: more than 1 for jobs that wait. Default 1. */
    readonly concurrency?: number;
    /** Jobs of a lane that may wait for a worker; default any number. */
    readonly queueLimit?: number;
    /** Workers of the blocking lane that are kept; default 0. */
    readonly minBlocking?: number;
    /** Workers of the blocking lane at most; default 4. */
    readonly maxBlocking?: number;
    /** How long a worker of the blocking lane beyond the least stays idle; default 10 000. */
    readonly keepAlive?: number;
    /** How long a job, or one poll of a shared task, may keep its worker from going on; default 30 000. */
    readonly hungAfter?: number;
    /** How long a job that asked for `currentJob()` may go on after it was aborted; default 100. */
    readonly abortGrace?: number;
    /** Whether `stats` has histograms of how long tasks and jobs wait and run; default false, since that costs two looks at the clock each. */
    readonly measure?: boolean;
    /** How many of the last turns of tasks and jobs each worker and lane keeps for `trace()`; default 0. */
    readonly trace?: number;
    /** What jobs find as `workerData` of node:worker_threads: a copy on each worker. */
    readonly workerData?: unknown;
    /** Told of errors in workers that no job is told of; default a line on stderr. */
    readonly onFault?: (error: Error) => void;
}

/** One turn of a task, or one job, on a worker. */
export interface Turn {
    /** The number of the worker. */
    readonly worker: number;
    /** The name of the task or job. */
    readonly name: string;
    /** Of the task, where it is one. */
    readonly slot: number;
    /** Milliseconds since the main thread loaded the library. */
    readonly begin: number;
    /** As `begin`. */
    readonly end: number;
    /** What the task does after it; a job is "over". */
    readonly then: (typeof FOLLOWS)[number];
}

/**
 * Waits for a connection to `address`.
 *
 * Cancel: the attempt is given up. @throws E441 when nobody answers
 */
export declare function connect(address: TcpAddress): Future<TcpSocket>;

/** Makes the board that `spec` describes. Says once, as a note, when its pins live in memory. */
export declare function createBoard<P extends PinTable>(spec: BoardSpec<P>, options?: BoardOptions): NodeBoard<P>;

/**
 * The job that called, up to its first `await`; null outside of jobs.
 *
 * A job that asked for it and is aborted has `abortGrace` milliseconds to end; others end at once, with their worker.
 */
export declare function currentJob(): JobContext | null;

/** The number of the worker that this runs on, of those that run jobs or of those that run shared tasks; -1 elsewhere. */
export declare function currentWorker(): number;

/** Looks at what this process uses: on Linux, at its open descriptors. */
export declare function ioBackend(): IoBackend;

/** Waits until a server listens at `address`; port 0 is any that is free. @throws E442 when it cannot */
export declare function listen(address: TcpAddress): Future<TcpServer>;

/**
 * Has `hooks` told of shared tasks on this thread: call it at the top of the module that declares them, so that each worker does.
 * A slot is that of all threads, and may be ready on one and run on another.
 */
export declare function observeTasks(given: TaskHooks): void;

/** Opens a file; `flags` as of `fs.open`. @throws E445 */
export declare function openFile(path: string, flags?: string): Future<OpenFile>;

/**
 * The portable names lie where no bus is (I2C 2-3, SPI 7-11, UART 14-15), LEDs and buttons side by side on the
 * header. A0 and A1 exist so that portable programs run: a Pi has no converter, and the board says so.
 */
export declare const raspberry: {
    readonly name: "raspberry";
    readonly engine: "node";
    readonly pins: {
        readonly LED1: {
            readonly line: 17;
            readonly can: readonly ["output"];
        };
        readonly LED2: {
            readonly line: 27;
            readonly can: readonly ["output"];
        };
        readonly BTN1: {
            readonly line: 22;
            readonly can: readonly ["input", "interrupt"];
        };
        readonly BTN2: {
            readonly line: 23;
            readonly can: readonly ["input", "interrupt"];
        };
        readonly D2: {
            line: 24;
            can: readonly ["output", "input", "interrupt"];
        };
        readonly D3: {
            line: 25;
            can: readonly ["output", "input", "interrupt"];
        };
        readonly D4: {
            line: 5;
            can: readonly ["output", "input", "interrupt"];
        };
        readonly D5: {
            line: 6;
            can: readonly ["output", "input", "interrupt"];
        };
        readonly A0: {
            readonly line: "A0";
            readonly can: readonly ["analog"];
        };
        readonly A1: {
            readonly line: "A1";
            readonly can: readonly ["analog"];
        };
        readonly GPIO2: {
            line: 2;
            can: readonly ["output", "input", "interrupt"];
        };
        readonly GPIO3: {
            line: 3;
            can: readonly ["output", "input", "interrupt"];
        };
        readonly GPIO4: {
            line: 4;
            can: readonly ["output", "input", "interrupt"];
        };
        readonly GPIO5: {
            line: 5;
            can: readonly ["output", "input", "interrupt"];
        };
        readonly GPIO6: {
            line: 6;
            can: readonly ["output", "input", "interrupt"];
        };
        readonly GPIO7: {
            line: 7;
            can: readonly ["output", "input", "interrupt"];
        };
        readonly GPIO8: {
            line: 8;
            can: readonly ["output", "input", "interrupt"];
        };
        readonly GPIO9: {
            line: 9;
            can: readonly ["output", "input", "interrupt"];
        };
        readonly GPIO10: {
            line: 10;
            can: readonly ["output", "input", "interrupt"];
        };
        readonly GPIO11: {
            line: 11;
            can: readonly ["output", "input", "interrupt"];
        };
        readonly GPIO12: {
            line: 12;
            can: readonly ["output", "input", "interrupt"];
        };
        readonly GPIO13: {
            line: 13;
            can: readonly ["output", "input", "interrupt"];
        };
        readonly GPIO14: {
            line: 14;
            can: readonly ["output", "input", "interrupt"];
        };
        readonly GPIO15: {
            line: 15;
            can: readonly ["output", "input", "interrupt"];
        };
        readonly GPIO16: {
            line: 16;
            can: readonly ["output", "input", "interrupt"];
        };
        readonly GPIO17: {
            line: 17;
            can: readonly ["output", "input", "interrupt"];
        };
        readonly GPIO18: {
            line: 18;
            can: readonly ["output", "input", "interrupt"];
        };
        readonly GPIO19: {
            line: 19;
            can: readonly ["output", "input", "interrupt"];
        };
        readonly GPIO20: {
            line: 20;
            can: readonly ["output", "input", "interrupt"];
        };
        readonly GPIO21: {
            line: 21;
            can: readonly ["output", "input", "interrupt"];
        };
        readonly GPIO22: {
            line: 22;
            can: readonly ["output", "input", "interrupt"];
        };
        readonly GPIO23: {
            line: 23;
            can: readonly ["output", "input", "interrupt"];
        };
        readonly GPIO24: {
            line: 24;
            can: readonly ["output", "input", "interrupt"];
        };
        readonly GPIO25: {
            line: 25;
            can: readonly ["output", "input", "interrupt"];
        };
        readonly GPIO26: {
            line: 26;
            can: readonly ["output", "input", "interrupt"];
        };
        readonly GPIO27: {
            line: 27;
            can: readonly ["output", "input", "interrupt"];
        };
    };
};

/**
 * Runs `main`, which spawns the program's tasks. They run from the event loop's next turn on; a task that throws
 * ends alone.
 *
 * The process ends when nothing is left to wait for: no timer, and no task while real pins report edges.
 */
export declare function run<P extends PinTable = PortablePins>(main: (board: NodeBoard<P>) => void, options?: RunOptions<P>): Running<P>;

/**
 * Makes a typed array that all threads see: at the top of a module, which each of them loads.
 *
 * ```ts
 * const pixels = sharedArray(Uint8Array, 640 * 480);
 * const row = task(async (y: number) => { for (let x = 0; x < 640; x++) pixels[y * 640 + x] = shade(x, y); }, { shared: true });
 * ```
 *
 * It is plain memory: what a task wrote before it ended is there for those who joined it, and what two tasks write at the
 * same time is for `Atomics`. A worker that dies takes nothing of it along.
 *
 * Cost: `length` elements, for as long as the process lives.
 * @throws E420 unless `length` is a whole number, E450 on a worker when the main thread has no such array
 */
export declare function sharedArray<T extends ArrayType>(type: T, length: number): T["prototype"];

/** `signals("SIGINT", "SIGTERM")`: takes these signals from now on. @throws E444 on a worker */
export declare function signals(...names: readonly string[]): Signals;

/**
 * Starts a shared task that worker number `worker` alone runs, from inside of another: `spawnOn(currentWorker(), step, n)`.
 * The main thread has `spawnOn` of its threads.
 *
 * Cost: as `spawn`.
 * @throws E101 when all slots of the kind are in use, E404 unless the kind is shared, E420 when there is no such worker, E451
 * outside of shared tasks
 */
export declare function spawnOn<A extends readonly unknown[], R>(worker: number, kind: TaskKind<A, R>, ...args: A): Task<R, A>;

/** Waits until a program has started. @throws E443 when it cannot */
export declare function startChild(command: string, args?: readonly string[], options?: ChildOptions): Future<Child>;

/**
 * Makes a runtime of worker threads.
 *
 * Idle, it keeps no process alive. End it by `close()` or `await using`.
 * @throws E420 when an option makes no sense
 */
export declare function threads(options?: ThreadsOptions): Threads;

/** A result, and what of it moves to the main thread instead of being copied: `return transferring(bytes, [bytes.buffer])`. */
export declare function transferring<T>(value: T, transfer: readonly unknown[]): T;
