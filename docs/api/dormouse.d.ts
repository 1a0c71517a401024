/** What "dormouse" exports; printed from the sources by `npm test -- --update unit/api`. */
/** What `any` throws when all of its arms failed. */
export interface AnyError extends RuntimeError {
    /** What each of them threw, in the order in which they are written. */
    readonly errors: readonly unknown[];
}

/** The arms of a {@link select}: futures by name. */
export type Arms = {
    readonly [name: string]: PromiseLike<unknown>;
};

/**
 * A condition that resets itself: each `set` lets one task through, the oldest that waits, or else the next that comes.
 * It does not count: one `set` while it is set already is lost. To count, use `new Semaphore(most, 0)`.
 *
 * Layout: a flag; true only while nobody waits.
 * Cost: O(1) each; allocates nothing.
 * Interrupts: `set` and `reset` may be called from anywhere.
 * Cancel: a dropped `wait` that was let through already lets the next one through.
 */
export declare class AutoResetEvent {
    /** Whether the next task that waits goes on at once. */
    get isSet(): boolean;
    /** Lets the oldest task that waits go on, or else the next that comes. */
    set(): void;
    /** Takes a `set` back that let nobody through yet. */
    reset(): void;
    /** Waits for a `set` of its own, and resets it. */
    wait(): Future<void>;
}

/** What {@link trySpawn} gives when all slots of the kind are in use. */
export declare const BUSY: typeof busy;

/**
 * The pauses between the tries of something that fails: they double up to a limit.
 *
 *   catch (error) { if (backoff.isOver) throw error; }
 *   await sleep(backoff.next());
 *
 * Cost: O(1); allocates nothing after construction. Interrupts: all of it may be called from anywhere.
 */
export declare class Backoff {
    /** @throws E184 unless the first pause is positive and not longer than the limit, and pauses do not shrink */
    constructor(options: BackoffOptions);
    /** Pauses since the start, or the last {@link reset}. */
    get count(): number;
    /** Whether there were as many pauses as `times` says. */
    get isOver(): boolean;
    /** How long to pause now. The one after it is longer. */
    next(): Ticks;
    /** Begins with the first pause again: after a success. */
    reset(): void;
}

/** How a {@link Backoff} grows. */
export interface BackoffOptions extends Pauses {
    /** Pauses before it is over; default without end. */
    readonly times?: number;
}

/**
 * A place where tasks wait for each other: when `parties` of them are there all go on, and the next round begins.
 *
 * Layout: `count_` tasks wait, fewer than `parties_`. The last to come does not wait; it is the leader.
 * Cost: O(1), and O(parties) of the last; allocates nothing.
 * Interrupts: none of it, since only tasks can arrive. To count what interrupts do, take a `Latch` or a `Semaphore`.
 * Cancel: a dropped `wait` has not arrived: the others wait for one more. Once all were there nothing is taken back.
 */
export declare class Barrier {
    /** @throws E121 unless `parties` is a whole number of at least 1 */
    constructor(parties: number);
    /** Tasks that wait. */
    get waiting(): number;
    /** Waits until all are there. True for one of them in each round, the leader. */
    wait(): Future<boolean>;
}

/**
 * Blocks of bytes, all of one size, for packets and the like: an {@link ObjectPool} whose objects lie in one buffer, and are
 * as they were given back, not cleared.
 *
 *   buffer  [ block 0 | block 1 | block 2 | ... ]
 *
 * Cost: O(1) each; allocates nothing after construction.
 */
export declare class BlockPool extends ObjectPool<Uint8Array> {
    /** `count` blocks of `size` bytes. @throws E121 unless both are whole numbers of at least 1 */
    constructor(count: number, size: number);
    /** Bytes of a block. */
    get blockSize(): number;
}

/** A {@link RingBuffer} of bytes: a byte each. Between tasks a `Pipe` waits. */
export declare class ByteRing extends RingBuffer<number> {
    /** Puts as many of the bytes of `from` last as fit, and gives how many. Cost: O(bytes). */
    write(from: Uint8Array): number;
    /** Moves as many bytes as fit to `into`, and gives how many. Cost: O(bytes). */
    read(into: Uint8Array): number;
}

/** What `receive` gives once a channel is closed and empty. */
export declare const CLOSED: typeof closed;

/**
 * A cancel that tasks look for themselves: work that shares a token ends when it likes to, and all of it is told at once.
 *
 *   const token = new CancelToken();
 *   while (!token.isCancelled) await select({ item: items.receive(), end: token.cancelled() });
 *
 * A token may have children, which are cancelled with it and can be cancelled alone.
 * Layout: those who wait in a list; children linked through themselves.
 * Cost: O(1) each; `cancel` O(those who wait, and children). Allocates nothing after construction.
 * Interrupts: `cancel` may be called from anywhere.
 * Cancel: a dropped `cancelled` leaves the token as it is.
 */
export declare class CancelToken {
    /** Whether it was cancelled, or one above it. */
    get isCancelled(): boolean;
    /** Cancels it and its children, for good. */
    cancel(): void;
    /** Waits until it is cancelled. */
    cancelled(): Future<void>;
    /** Makes a token that is cancelled with this one. {@link release} it when it is needed no more. */
    child(): CancelToken;
    /** Takes it from the token above, which would keep it else. Cost: O(children of that token). */
    release(): void;
}

/**
 * A bounded first-in-first-out queue between tasks, with back-pressure: `send` waits while it is full.
 *
 * Layout: a ring of `capacity` items, the oldest at `head_`. A woken receiver has not fetched its item yet:
 * `promised_` items at the head are spoken for, and go to the next in line when that receiver is dropped.
 *
 *      head_               head_ + count_
 *        | promised_ |        |
 *   [ . [a    b      c    d] . . ]     receivers_ wait only while every item is promised,
 *                                      senders_ only while count_ === capacity
 * Cost: O(1) each; allocates nothing after construction.
 * Interrupts: `trySend` may be called from anywhere.
 * Cancel: a dropped `receive` takes nothing; a dropped `send` that still waits sends nothing.
 */
export declare class Channel<T> {
    /** @throws E121 unless `capacity` is a whole number of at least 1 */
    constructor(capacity: number);
    /** Items that it holds at most. */
    get capacity(): number;
    /** Items that wait to be received. */
    get length(): number;
    /** Waits until there is room and puts `value` last; false when the channel is closed, and nothing was sent. */
    send(value: T): Future<boolean>;
    /** Puts `value` last if there is room now; false when full or closed. */
    trySend(value: T): boolean;
    /** Waits for the oldest item and takes it; {@link CLOSED} once the channel is closed and empty. */
    receive(): Future<T | typeof CLOSED>;
    /** Lets no more items in. What is inside can still be received; tasks that wait to send get false. */
    close(): void;
}

/** A part of the program that must complete a round again and again; see {@link Watchdog}. */
export declare class Deadline {
    /** What `onMiss` is told. */
    readonly name: string;
    /** How long a round takes at most. */
    readonly limit: Ticks;
    /** A round is complete: the next one has `limit` from here on. Cost: O(1). Interrupts: may be called from anywhere. */
    met(): void;
}

/**
 * The last of several values that come close together: `settled` gives it once nothing was set for `quiet`.
 *
 *   set     a b  c                  d
 *                |<--- quiet --->|  |<--- quiet --->|
 *   settled                      c                  d
 *
 * Layout: the latest value, `isSet_` until it is given; `promised_` while a woken waiter has not fetched it.
 * The alarm is set exactly while there is a value and somebody waits; it looks whether more came meanwhile.
 * Cost: O(1), one sleep for each stretch of `quiet`; allocates nothing after construction.
 * Interrupts: `set` may be called from anywhere. What is set before anybody waits counts from then.
 * Cancel: a dropped `settled` leaves the value for the next one.
 */
export declare class Debounce<T> {
    /** @throws E170 unless `quiet` is whole milliseconds from 1 to 2^30 */
    constructor(quiet: Ticks);
    /** Puts `value` in the place of one that was not given yet; the quiet time begins again. */
    set(value: T): void;
    /** Waits until nothing was set for the quiet time, and takes the last value. */
    settled(): Future<T>;
}

/**
 * A {@link Channel} that loses what is sent while it is full. `trySend` gives false then.
 *
 * Cost, interrupts and cancel: as a channel.
 */
export declare class DropNewestChannel<T> extends LossyChannel<T> {
    /** Puts `value` last, or drops it where the channel is full; false when it was dropped or the channel is closed. */
    trySend(value: T): boolean;
}

/**
 * A {@link Channel} that loses its oldest item when something is sent while it is full: the latest ones are inside.
 * `trySend` gives false when it is closed only. A receiver that was woken gets what is the oldest when it runs.
 *
 * Cost, interrupts and cancel: as a channel.
 */
export declare class DropOldestChannel<T> extends LossyChannel<T> {
    /** Puts `value` last, where the channel is full in the place of the oldest item; false when it is closed. */
    trySend(value: T): boolean;
}

/**
 * A condition that is or is not: tasks wait until it is set, and all of them go on, also when it is reset before they
 * run. It stays set until `reset`. {@link AutoResetEvent} lets one task through for each `set`.
 *
 * Layout: a flag; who waits, waits only while it is false.
 * Cost: O(1) each, and O(tasks woken) of a `set`; allocates nothing.
 * Interrupts: `set`, `reset` and `isSet` may be used anywhere.
 * Cancel: a dropped `wait` leaves nothing behind.
 */
export declare class Event {
    /** Whether tasks that wait go on at once. */
    get isSet(): boolean;
    /** Wakes all who wait; until `reset`, nobody waits any more. */
    set(): void;
    /** Has tasks that come from now on wait. */
    reset(): void;
    /** Waits until it is set; not at all if it is. */
    wait(): Future<void>;
}

/** Polls tasks, fires their timers, and sleeps in between, on a {@link Platform}. `run` of a target makes one. */
export declare class Executor {
    /** The slots of its tasks. */
    readonly arena: Arena;
    /** What is due at a time. */
    readonly timers: TimerWheel;
    constructor(platform_: Platform, options_?: ExecutorOptions);
    /** Runs `body` with this executor as the one that `spawn` uses. */
    enter<T>(body: () => T): T;
    /** Starts a task of `kind`. @throws E101 when all its slots are in use */
    spawn<A extends readonly unknown[], R>(kind: TaskKind<A, R>, args: A): Task<R, A>;
    /** Asks a task to end; does nothing when it has. A paused one goes on, to clean up. */
    cancel(id: TaskId): void;
    /** Gives a task no turn until {@link resume}; one that runs goes on to its next wait. */
    pause(id: TaskId): void;
    /** Lets a paused task go on. */
    resume(id: TaskId): void;
    /** The time, by the platform's clock. */
    now(): Instant;
    /** The time of day, in milliseconds since 1970. */
    wallTime(): number;
    /** Makes the task in `slot` ready. */
    wake(slot: number): void;
    /** Files `op` to be completed after `delay` ticks. */
    startTimer(op: Op, delay: number): void;
    /** What the platform calls after `pend` and at an alarm. */
    run(): void;
    /** Fires due timers and polls one pass; whether more is ready. */
    turn(): boolean;
    /** Tasks that are ready. */
    get queued(): number;
}

/** What {@link Meter.readAll} fills. */
export interface ExecutorCounts extends TaskCounts {
    /** Most tasks that were ready at once. */
    highWater: number;
    /** Times that nothing was ready. */
    idles: number;
}

/** What an executor is made with. */
export interface ExecutorOptions {
    /** Slots of the arena; default as many as the declared kinds want. */
    readonly tasks?: number;
    /** Whose turn it is; default `priorities` when a kind has one, else `passes`. */
    readonly policy?: MakePolicy;
    /** Told once about each task that ended by a throw. */
    readonly onFault?: (task: string, error: unknown, id: TaskId) => void;
    /** Where shared tasks live; made when one is declared, unless it is that of another thread. */
    readonly memory?: SharedMemory;
    /** Called around each poll, for measurements. */
    readonly onPoll?: ((slot: number, begins: boolean) => void) | undefined;
}

/** A task that ended by a throw; the record is used again after {@link KEPT} more. */
export interface Fault {
    /** The name of its kind. */
    task: string;
    /** The code of a runtime error, or else the name of the error; the type of what is no object. */
    code: string;
    /** Milliseconds of the board's clock, as a wrapping int32. */
    at: number;
}

/** Told of a task that ended by a throw that nobody joined. */
export type FaultHook = (task: string, error: unknown, id: Task) => void;

/** What becomes of a fault of a kind's tasks. */
export type FaultPolicy = "log" | "halt" | Restarts;

/**
 * A value that arrives later. `await` it, or hand it to `select` or `timeout`, in the place where it is made.
 *
 * `then` exists in types only, so that `await` infers `T` and linters notice a future that nobody awaits.
 */
export interface Future<T> {
    /** For `await` and for linters; no future has it when a program runs. */
    then<A = T, B = never>(onfulfilled?: ((value: T) => A | PromiseLike<A>) | null, onrejected?: ((reason: unknown) => B | PromiseLike<B>) | null): Future<A | B>;
}

/**
 * A {@link Semaphore} that leaves no permit idle that somebody wants: who wants few overtakes who waits for many. So one
 * that wants many may wait for ever, while others come and go.
 *
 * Cost: as {@link Semaphore}, but O(tasks that wait) of a release.
 */
export declare class GreedySemaphore extends Semaphore {
}

/** What `join` of a group throws that collects. */
export interface GroupError extends RuntimeError {
    /** In the order in which they were thrown. */
    readonly errors: unknown[];
}

/** What a task holds until it releases it, or until the end of the scope of `using guard = await mutex.lock()`. */
export interface Guard {
    /** Gives back what is held. @throws E122 when it is not held, or by another task */
    release(): void;
}

/** A point in time: ticks since the executor started, wrapped to a signed 32-bit integer. */
export type Instant = number & {
    readonly [brand]: "Instant";
};

/**
 * Ticks with a fixed period, the first one a period after the first call of `tick`. Unlike a loop with `sleep`, it does
 * not drift by what the loop takes.
 *
 * Layout: the instant of the next tick, on the clock of int32. A tick that is more than a period away is one that
 * is overdue, by up to 49 days.
 * Cost: that of a sleep; nothing for a tick that is due. Allocates nothing after construction.
 * Cancel: a dropped `tick` takes none: the next call gives it.
 * One task reads it; of two, each tick goes to one.
 */
export declare class Interval {
    /** @throws E170 unless `period` is whole milliseconds from 1 to 2^30 */
    constructor(period: Ticks, missed_?: Missed);
    /** Waits for the next tick; how many periods it comes late, 0 for a reader that keeps up. */
    tick(): Future<number>;
    /** Begins anew: the next tick comes a period after the next call of `tick`. */
    reset(): void;
}

/** What a stream gives. */
export type ItemOf<S> = S extends Stream<infer T> ? T : never;

/**
 * A count that goes down to zero, once: tasks wait until so many things have happened.
 *
 * Layout: a count; who waits, waits only while it is above zero.
 * Cost: O(1) each, and O(tasks woken) of the last `countDown`; allocates nothing.
 * Interrupts: `countDown` may be called from anywhere.
 * Cancel: a dropped `wait` leaves nothing behind.
 */
export declare class Latch {
    /** @throws E121 unless `count` is a whole number of at least 1 */
    constructor(count: number);
    /** Things that have not happened yet. */
    get count(): number;
    /** Says that `by` things happened. @throws E125 when that is more than the count that is left */
    countDown(by?: number): void;
    /** Waits until the count is zero; not at all if it is. */
    wait(): Future<void>;
}

/** Makes a policy for `slots` slots, when an executor is made; `levelOf` gives the priority of a slot's kind. */
export type MakePolicy = (slots: number, levelOf: (slot: number) => number) => Policy;

/**
 * Counts what `observe` tells it, by slot.
 *
 *   const meter = new Meter(64, now);
 *   observe(meter);                      the first line of main
 *
 * Cost: a record for each slot, two readings of the clock for each poll and one for each wake; allocates nothing after
 * construction, but what the engine does for times with fractions.
 */
export declare class Meter implements TaskHooks {
    /** For `slots` slots. `clock` gives a time that grows; a poll that takes longer than `limit` is an overrun. */
    constructor(slots: number, clock_: () => number, limit_?: number);
    taskNew(slot: number): void;
    taskReady(slot: number, queued: number): void;
    execBegin(slot: number): void;
    execEnd(slot: number, isReady: boolean): void;
    taskEnd(slot: number): void;
    executorIdle(): void;
    /** Fills `into` with the counts of `slot`, and gives it. Cost: O(1); allocates nothing. */
    read(slot: number, into: TaskCounts): TaskCounts;
    /** Fills `into` with the counts of all slots, and gives it. Cost: O(slots); allocates nothing. */
    readAll(into: ExecutorCounts): ExecutorCounts;
    /** Begins to count anew. */
    reset(): void;
}

/**
 * What an {@link Interval} does after its reader was late, say by two and a half periods:
 *
 *   due      |     |     |     |     |     |
 *   burst    x                 xxx   x     x     all that were missed follow at once; the pace is kept
 *   skip     x               x       x     x     one at once, then the next that is due; the pace is kept
 *   delay    x               x     x     x       one at once, and the next a whole period after it
 */
export type Missed = "burst" | "skip" | "delay";

/**
 * A lock that one task has at a time, over awaits too: `using guard = await mutex.lock()`. First come, first served.
 *
 * Layout: the guard is the mutex itself, since one task has it at most. A release hands over to the oldest that waits:
 *
 *   locked_ false -> no owner        locked_ true -> owner_: a task (all of its arms), or nobody yet:
 *                                                    a woken waiter has not run yet
 * Cost: O(1) each; allocates nothing.
 * Interrupts: `tryLock` may be called from anywhere, but who locks there must release before it ends.
 * Cancel: a dropped `lock` takes nothing; a lock that it was given already goes to the next in line. A task that is
 * cancelled while it has the lock releases it by `using` or `finally`.
 */
export declare class Mutex implements Guard {
    /** Whether a task has it. */
    get isLocked(): boolean;
    /** Waits for the lock. A task that has it already waits for itself. */
    lock(): Future<Guard>;
    /** Takes the lock if it is free now, or gives null. */
    tryLock(): Guard | null;
    /** Ends what `lock` began. @throws E122 unless the task that runs has the lock */
    release(): void;
    /** As {@link release}: what `using` does at the end of its scope. */
    [Symbol.dispose](): void;
}

/**
 * Objects that are made once, and lent to tasks: no garbage, and no more of them than said. First come, first served.
 *
 *   const frames = new ObjectPool(4, () => new Frame());
 *   const frame = await frames.borrow();
 *   try { ... } finally { frames.giveBack(frame); }
 *
 * Layout: a stack of the numbers of those that are free; the last one that came back goes out next.
 *
 *   free_  [ 2  0  .  . ]      items_[1] and items_[3] are with tasks, or promised to ones that were woken
 *               ^ count_
 * Cost: O(1), but to give back O(objects); allocates nothing after construction.
 * Interrupts: `tryBorrow` and `giveBack` may be called from anywhere.
 * Cancel: a dropped `borrow` takes nothing; what it was given goes to the next one.
 */
export declare class ObjectPool<T> {
    /** Calls `make` for each of `count` objects, now. @throws E121 unless `count` is a whole number of at least 1 */
    constructor(count: number, make: (i: number) => T);
    /** Objects of the pool. */
    get capacity(): number;
    /** Objects that nobody has, nor was promised. */
    get available(): number;
    /** Waits for an object that is free. */
    borrow(): Future<T>;
    /** An object that is free now; null when there is none. */
    tryBorrow(): T | null;
    /** Gives an object back, once. @throws E181 when nobody has it, E182 when it is of no use to this pool */
    giveBack(item: T): void;
    /**
     * Where nobody should have an object any more: looks for leaks. Allocates only what it throws.
     *
     * @throws E183 when some are out; development builds say which tasks borrowed them
     */
    check(): void;
}

/** An {@link Executor} that tells {@link TaskHooks} from the start. */
export declare class ObservedExecutor extends Executor {
    constructor(platform: Platform, hooks: TaskHooks, options?: ExecutorOptions);
}

/**
 * A value that is made once, by the first task that asks for it, while the others wait:
 *
 *   async function offset(): Promise<number> {
 *     using turn = await cell.init();
 *     if (turn) turn.set(await measure());
 *     return cell.get();
 *   }
 *
 * Layout: the turn is the cell itself, since one task has it at most. When a turn ends without a value, since making it
 * failed or was cancelled, the next task in line has its turn.
 *
 *   empty, busy_ false -> empty, busy_ true: owner_ makes the value, or a task was woken to -> set, for ever
 *         ^___________________________/                          turns_, readers_: empty from there on
 *
 * Cost: O(1) each, and O(tasks woken) of `set`; allocates nothing.
 * Interrupts: `set`, `get` and `isSet` may be used anywhere.
 * Cancel: a dropped wait leaves nothing behind; a turn that it was given already goes to the next in line.
 */
export declare class OnceCell<T> implements Turn<T> {
    /** Whether it has its value. */
    get isSet(): boolean;
    /** The value. @throws E127 when it has none yet */
    get(): T;
    /** Gives it its value, for ever; false when it has one already, which stays. */
    set(value: T): boolean;
    /** Waits for the value, whoever makes it. */
    wait(): Future<T>;
    /** Waits until it has a value, which is null here, or until it is up to this task to make it. */
    init(): Future<Turn<T> | null>;
    /** Ends a turn. @throws E122 unless the task that runs has it */
    release(): void;
    /** As {@link release}: what `using` does at the end of its scope. */
    [Symbol.dispose](): void;
}

/** How a task ended; `"gone"` when its slot was used again since, and nobody knows any more. */
export type Outcome = "done" | "faulted" | "cancelled" | "gone";

/** How the pauses between tries grow. */
export interface Pauses {
    /** The first pause; each one is `factor` times the one before. */
    readonly first: Ticks;
    /** At least 1; default 2. */
    readonly factor?: number;
    /** No pause is longer; default none. */
    readonly limit?: Ticks;
    /**
     * Gives a number from 0 up to 1, as `Math.random` and `makeRandom(seed)` do: each pause is then between a half of itself and
     * all of it, so that those who failed together do not try again together.
     */
    readonly random?: () => number;
}

/**
 * A stream of bytes between tasks, with back-pressure. Transfers are partial: a `write` waits until there is room for
 * one byte and writes what fits, a `read` waits for one byte and gives what is there. A loop does the rest:
 *
 *   for (let at = 0; at < line.length && !pipe.isClosed; ) at += await pipe.write(line, at);
 *
 * Layout: a ring of bytes. Of those inside, `promised_` are spoken for by woken readers that have not run yet, one each.
 *
 *         head_      head_ + count_
 *           |            |
 *   [ . .   a  b  c  d   . . . ]      readers_ wait only while every byte is promised, writers_ only while it is full
 *
 * Cost: O(bytes moved); allocates nothing after construction.
 * Interrupts: `tryWrite` and `tryRead` may be called from anywhere.
 * Cancel: a dropped `read` takes nothing; a dropped `write` that still waits writes nothing. The bytes of a `write` that
 * waits must not change meanwhile.
 */
export declare class Pipe {
    /** @throws E121 unless `capacity` is a whole number of at least 1 */
    constructor(capacity: number);
    /** Bytes that it holds at most. */
    get capacity(): number;
    /** Bytes inside. */
    get length(): number;
    /** Whether no more bytes can be written. */
    get isClosed(): boolean;
    /**
     * Waits for room, writes as many of the bytes of `from` from `start` up to `end` as fit, and gives how many; 0 when the
     * pipe is closed, or there is nothing to write. @throws E129 when there is no such range
     */
    write(from: Uint8Array, start?: number, end?: number): Future<number>;
    /** Writes what fits now, and gives how many bytes. @throws E129 as {@link write} */
    tryWrite(from: Uint8Array, start?: number, end?: number): number;
    /**
     * Waits for bytes, moves as many as fit to `into` from `start` up to `end`, and gives how many; 0 once the pipe is closed
     * and empty, or when there is no place for any. @throws E129 when there is no such range
     */
    read(into: Uint8Array, start?: number, end?: number): Future<number>;
    /** Moves what is there now, but what is promised to others, and gives how many bytes. @throws E129 as {@link read} */
    tryRead(into: Uint8Array, start?: number, end?: number): number;
    /** Lets no more bytes in. What is inside can still be read; tasks that wait to write get 0. */
    close(): void;
}

/**
 * What a target supplies to the executor: its clock, one alarm, and a way to be run soon.
 * `docs/porting.md` says what each MUST do.
 */
export interface Platform {
    /** Ticks since start, as a wrapping int32. MUST never go back. */
    now(): Instant;
    /** Replaces the one alarm: the target MUST call `executor.run()` at or after `at`. */
    setAlarm(at: Instant): void;
    /** Asks for `executor.run()` soon, from wherever. MUST NOT call it before returning. */
    pend(): void;
    /** The time of day, in milliseconds since 1970, which may step; `Date.now()` where it is absent. */
    wallTime?(this: void): number;
}

/** The slots that are ready, and their order. */
export interface Policy {
    /** Slots that are ready. */
    readonly length: number;
    /** Makes `slot` ready. Called while it is not, or again while it is polled. Cost: O(1). */
    add(slot: number): void;
    /**
     * Gives turns: at least one while any slot is ready, and so many that the executor's share of a pass is worth it. A throw
     * of `poller` ends it; the slot that threw counts as ready, and the next pass goes on behind it.
     */
    pass(poller: Poller): void;
}

/** What decides which ready task has the next turn. */
/** Who polls: an executor. */
export interface Poller {
}

/**
 * A {@link Channel} that gives the most urgent item first, and equally urgent ones in the order sent. Senders that wait
 * get in by the order in which they came, however urgent their items are.
 *
 * Layout: the ring of a channel, sorted: a new item goes before those that are less urgent.
 *
 *        head_
 *          |
 *   [ . .  1  1  3  3  5 . . ]      2 is sent: 3, 3 and 5 move one place on
 *
 * Cost: receiving O(1); sending O(items that it overtakes); allocates nothing after construction.
 * Interrupts and cancel: as a channel. A receiver that was woken gets what is most urgent when it runs.
 */
export declare class PriorityChannel<T> extends Channel<T> {
    /**
     * `compare` is negative when `a` comes before `b`, as for `sort`. It must not throw.
     *
     * @throws E121 unless `capacity` is a whole number of at least 1
     */
    constructor(capacity: number, compare_: (a: T, b: T) => number);
}

/**
 * Messages for all who subscribed: each subscriber gets each message. Nobody waits to publish. A subscriber that falls
 * behind by more than `capacity` messages loses the oldest, and how many is counted.
 *
 * Layout: a ring of the latest messages, and a count of all that were sent, which wraps to 32 bits. A subscription is
 * the count of the next message that it wants: it costs nothing while nobody asks, and needs no end.
 *
 *                next_ of one         at_: sent_ of them until now
 *                  |                   |
 *   [ older        c      d      e     b ]      one more, and b is lost to those who did not get it
 *
 * Cost: publishing O(tasks woken), receiving O(1); a subscription is made once, and then nothing is allocated. Messages
 * are kept until others take their place.
 * Interrupts: `publish` may be called from anywhere.
 * Cancel: a dropped `receive` leaves the message for the next one.
 */
export declare class PubSub<T> {
    /** @throws E121 unless `capacity` is a whole number of at least 1 */
    constructor(capacity: number);
    /** Messages that a subscriber can be behind by, and lose none. */
    get capacity(): number;
    /** Gives `value` to all who subscribed; false when it is closed, and nothing was sent. */
    publish(value: T): boolean;
    /** Makes a subscription to what is published from now on, for one task. */
    subscribe(): Subscription<T>;
    /** Lets no more messages in. Who is behind can still receive them, and then gets {@link CLOSED}. */
    close(): void;
}

/** How far a function may await itself. */
export interface RecursionOptions {
    /** Levels: calls of it that wait for each other at once. Each has a frame, from the start. */
    readonly depth: number;
}

/** A slot that is kept for a task; see {@link reserve}. */
export declare class Reservation<A extends readonly unknown[], R> {
    /** Starts the task in the slot. @throws E135 when the slot was started or released before */
    start(...args: A): Task<R, A>;
    /** Gives the slot back. @throws E135 when it was started or released before */
    release(): void;
}

/** How a kind of task begins again after a fault. */
export interface Restarts {
    /** Times in a row; the fault after them ends the task. */
    readonly restarts: number;
    /** Before the first of them, doubled for each that follows; default 0. */
    readonly backoff?: Ticks;
    /** The longest back-off; and after so long without a fault, what came before is forgotten. Default 10 s. */
    readonly longest?: Ticks;
}

/** How `retry` tries. */
export interface RetryOptions extends Pauses {
    /** Tries in all; default without end. */
    readonly attempts?: number;
    /** Whether another try may help after `error`; default always. */
    readonly when?: (error: unknown, attempt: number) => boolean;
    /**
     * No try begins later than so long after the first one. One that is on then goes on: give `body` a `timeout`, or `retry` itself,
     * to end it.
     */
    readonly within?: Ticks;
}

/**
 * The last items of a stream, oldest first, in storage of one size; nothing in it waits. Between tasks a `Channel` does.
 *
 *          head_               head_ + count_
 *            |                    |
 *   [ . .    a    b    c    d     . . ]
 *
 * Cost: O(1) each; allocates nothing after construction.
 * Interrupts: all of it may be called from anywhere.
 */
export declare class RingBuffer<T> {
    /** @throws E121 unless `capacity` is a whole number of at least 1 */
    constructor(capacity: number);
    /** Items that it holds at most. */
    get capacity(): number;
    /** Items inside. */
    get length(): number;
    /** Puts `value` last; false when it is full. */
    push(value: T): boolean;
    /** Puts `value` last, in the place of the oldest when it is full; whether one was lost. */
    overwrite(value: T): boolean;
    /** Takes the oldest item out; undefined when there is none. */
    shift(): T | undefined;
    /** The `i`th item, 0 the oldest; undefined when there are not so many. */
    at(i: number): T | undefined;
    /** Takes all items out. */
    clear(): void;
}

/** An error of the runtime, with the code that `docs/messages.md` explains. */
export interface RuntimeError extends Error {
    /** E and three digits. */
    code: string;
}

/**
 * A lock that many tasks may have to read, or one to write. Writers come first, and starve nobody:
 *
 *   a reader waits    while one writes, and while one waits to write
 *   a writer waits    for those who read now, and for writers before it; between two writers all get in
 *                     who waited to read when the first one ended
 *
 * Layout: counts; the guard is the lock itself. Who was woken counts as one that has the lock before it runs.
 *
 *   readers_ + promised_ > 0   some read                    writing_   one writes: writer_, once it runs
 *   readersWaiting_            empty while nobody writes or waits to write
 *   writersWaiting_            empty while the lock is free
 *
 * Cost: O(1) each, and O(tasks woken) of a release; allocates nothing.
 * Interrupts: `tryRead` and `tryWrite` may be called from anywhere, but who locks there must release before it ends.
 * Cancel: a dropped wait takes nothing; what it was given already goes on to the next, as by `release`.
 */
export declare class RwLock implements Guard {
    /** Tasks that read now. */
    get readers(): number;
    /** Whether a task has it for writing. */
    get isWriting(): boolean;
    /** Waits for the lock, to share it with others that read. */
    read(): Future<Guard>;
    /** Waits for the lock, to have it alone. A task that has it already, to read or to write, waits for itself. */
    write(): Future<Guard>;
    /** As `read` if that would not wait; else null. */
    tryRead(): Guard | null;
    /** As `write` if that would not wait; else null. */
    tryWrite(): Guard | null;
    /** Ends what `read` or `write` began. @throws E122 when nobody has the lock, or another task to write */
    release(): void;
    /** As {@link release}: what `using` does at the end of its scope. */
    [Symbol.dispose](): void;
}

/** What {@link select} gives for arms `A`: narrow it by `arm`. */
export type Selected<A extends Arms> = {
    [K in keyof A & string]: {
        arm: K;
        value: Awaited<A[K]>;
    };
}[keyof A & string];

/**
 * A number of permits, which tasks take and give back; first come, first served. Who waits for many permits is not
 * overtaken by those who want few: {@link GreedySemaphore} lets them.
 *
 * Layout: a permit is free, or with a task: one that holds it, or one that was woken for it and has not run yet.
 *
 *   |<----------- permits ----------->|
 *   |  with tasks  |      free_       |     waiters_: the oldest wants more than free_
 *
 * Cost: O(1) each, and O(tasks woken) of a release. The guards of each `count` are made at its first use.
 * Interrupts: `tryAcquire` and `release` may be called from anywhere.
 * Cancel: a dropped `acquire` takes nothing; what it was given already goes to those who wait.
 */
export declare class Semaphore {
    /**
     * `free` of the permits are there from the start. With `new Semaphore(9, 0)` tasks wait for up to nine releases that
     * are ahead of them: events that are counted.
     *
     * @throws E121 unless `permits` is a whole number of at least 1; E124 unless `free` is one up to that
     */
    constructor(permits: number, free?: number);
    /** Permits that nobody has. */
    get available(): number;
    /** Waits for `count` permits and takes them, all at once. @throws E124 when there never are so many */
    acquire(count?: number): Future<Guard>;
    /** Takes `count` permits if nobody waits and they are free now; else null. @throws E124 as {@link acquire} */
    tryAcquire(count?: number): Guard | null;
    /** Gives `count` permits back, or adds events that are counted. @throws E123 when more than all would be free, or for no whole number */
    release(count?: number): void;
}

/** See the head of this file. */
export interface SharedMemory {
    /** What all threads see; hand it to `makeSharedMemory` on another one. */
    readonly buffer: ArrayBufferLike;
}

/**
 * The latest value, for one reader at a time: `set` overwrites, `wait` takes.
 *
 * Layout: one value; those who wait in a list, which is empty while there is a value that nobody was promised.
 * Cost: O(1) each; allocates nothing.
 * Interrupts: `set` may be called from anywhere.
 * Cancel: a dropped `wait` leaves the value for the next one.
 */
export declare class Signal<T> {
    /** Puts `value` in place of an earlier one that nobody took, and wakes the oldest waiter. */
    set(value: T): void;
    /** Waits for a value and takes it. */
    wait(): Future<T>;
}

/**
 * What `for await` goes over: a channel, a subscription, an async generator, or what is made of such by {@link map},
 * {@link filter}, {@link take}, {@link window} and {@link merge}.
 */
export interface Stream<T> {
}

/** What one task is to get of a {@link PubSub}. */
export declare class Subscription<T> {
    /** Messages that were lost, since it received too slowly. It counts them when it receives the next one. */
    get lagged(): number;
    /** Messages that it can receive at once. */
    get length(): number;
    /**
     * Waits for the next message; {@link CLOSED} once there are no more. @throws E128 while another task receives from it
     */
    receive(): Future<T | typeof CLOSED>;
}

/** What `timeout` gives when time was up first. */
export declare const TIMED_OUT: typeof timedOut;

/** A {@link TaskId} that knows what its task gives, and was started with: for `join` and `restart`. */
export type Task<R = unknown, A extends readonly unknown[] = readonly unknown[]> = TaskId & {
    readonly [taskTypes]: {
        readonly result: R;
        readonly args: A;
    };
};

/** Counts of one task, or of all. Times are in the unit of the meter's clock. */
export interface TaskCounts {
    /** Polls, and times that it became ready: those that it was polled more often, it yielded. */
    polls: number;
    /** Times that it became ready. */
    wakes: number;
    /** Time that polls took in all, and the longest of them. */
    busy: number;
    /** The longest poll. */
    longestPoll: number;
    /** From becoming ready to the poll: the longest that it waited for its turn. */
    longestWait: number;
    /** Polls that took longer than the meter's limit. */
    overruns: number;
    /** Tasks that began, and ended, in the slot. */
    started: number;
    /** Tasks that ended in the slot. */
    ended: number;
}

/**
 * Tasks that end together: `join` waits for all of them, and whatever happens none outlives the task that made the group.
 *
 * When that task ends, in whichever way, those that still run are cancelled, and it is over when their cleanup is. A group
 * that is made outside of tasks belongs to nobody. When it is empty a group can be used again.
 *
 * Layout: a list through the bonds of its tasks.
 *
 *   owner's bond --owned_--> group --nextOwned_--> group      only groups that are not empty
 *                            first_ --next_--> bond of a task --next_--> ...
 * Cost: O(1) each, `cancel` O(tasks); allocates a record for a slot that is in a group first, and what `join` throws.
 * Interrupts: `cancel` may be called from anywhere.
 */
export declare class TaskGroup implements Circle {
    constructor(options?: TaskGroupOptions);
    /** Tasks that are not over. */
    get size(): number;
    /**
     * Starts a task in the group.
     *
     * @throws E101 when all slots of the kind are in use, E137 when the task that made the group is over, or when one has
     *   failed and was not joined
     */
    spawn<A extends readonly unknown[], R>(kind: TaskKind<A, R>, ...args: A): Task<R, A>;
    /**
     * Waits until all tasks are over, and throws as the group's `onFailure` says. Those that were cancelled do not count.
     *
     * Cancel: a dropped join leaves the tasks alone.
     * @throws E132 in a task of the group itself
     */
    join(): Future<void>;
    /** Cancels all tasks. */
    cancel(): void;
    /** Cancels all tasks, and waits until they are over; it throws nothing. */
    stop(): Future<void>;
    /** As {@link stop}: what `await using` does at the end of its scope. */
    [Symbol.asyncDispose](): Future<void>;
}

/** What a group does when one of its tasks throws. */
export interface TaskGroupOptions {
    /**
     * `"cancel"`, the default: it cancels the others, and `join` throws what the first one threw, once all are over.
     * `"collect"`: the others run on, and `join` throws a {@link GroupError} with all that was thrown.
     */
    readonly onFailure?: "cancel" | "collect";
}

/**
 * What happens to tasks, told as it happens. A slot is a task's place in the arena: `snapshot()` and {@link Meter} name it.
 *
 *   taskNew -> ready -> execBegin -> execEnd -> ready -> execBegin -> taskEnd -> execEnd        idle: nothing is ready
 *
 * Hooks run between polls or inside of wakes: they must be short, and must not spawn, wake or cancel.
 */
export interface TaskHooks {
    /** A task was spawned. */
    taskNew?(slot: number): void;
    /** A task is ready, and was not. One that yields stays so. `queued` are ready now, this one among them. */
    taskReady?(slot: number, queued: number): void;
    /** A poll begins, and ends; at its end the task `isReady` again, or waits, or is over. */
    execBegin?(slot: number): void;
    /** A poll ended; `isReady` when the task is to be polled again. */
    execEnd?(slot: number, isReady: boolean): void;
    /** A task is over. */
    taskEnd?(slot: number): void;
    /** Nothing is ready: the executor waits for timers and interrupts. */
    executorIdle?(): void;
}

/**
 * Names one run of one slot. Stale once the slot is used again; the same number comes back after 2^15 uses, or after 2^11
 * in an executor of more than 65536 slots.
 */
export type TaskId = number & {
    readonly [taskId]: true;
};

/** One slot that has been used. */
export interface TaskInfo {
    /** Its place in the arena, from 0. */
    readonly slot: number;
    /** The name of its kind. */
    readonly name: string;
    /** ready, running, waiting, done, faulted or cancelled. */
    readonly state: string;
    /** Turns that the task had. */
    readonly polls: number;
    /** Times that something woke it. */
    readonly wakes: number;
    /** The await where it is suspended, as the author wrote it, with its line; empty when it is not. */
    readonly waitsFor: string;
}

/** A kind of task: its code and the static storage of its `pool` instances. Start one with `spawn`. */
export interface TaskKind<A extends readonly unknown[], R> {
    /** What its tasks are called. */
    readonly name: string;
    /** Tasks of it that can run at once. */
    readonly pool: number;
    /** From 0, the lowest, to 7. */
    readonly priority: number;
    /** How often its tasks have a turn at least, in ticks; 0 when nothing is said. */
    readonly deadline: number;
}

/** How a kind of task is stored. */
export interface TaskOptions {
    /** Tasks of this kind that can run at once; default 1. Each has its own frame. */
    readonly pool?: number;
    /**
     * How urgent it is, from 0, the default, to 7: of the ready tasks the most urgent has the next turn. Others are not
     * forgotten: after 32 turns of more urgent tasks each level has one.
     */
    readonly priority?: number;
    /** How often a task of the kind has a turn at least, which a {@link Watchdog} looks after. */
    readonly deadline?: Ticks;
    /**
     * Demands that the task may move between threads: that all it keeps while it waits are numbers, and that it uses
     * nothing of one thread (docs/language.md). The build fails where it cannot, with the reasons.
     */
    readonly shared?: boolean;
    /** The name of its tasks, in the place of that of the function. */
    readonly name?: string;
    /** Whether its tasks keep their arguments, so that `restart(task)` can begin them again; default false. */
    readonly restartable?: boolean;
    /**
     * What becomes of a task that throws: `"log"`, the default, ends it; `"halt"` stops all tasks for good, and with them
     * what feeds a watchdog; `{ restarts: 3, backoff: ms(100) }` begins it again, so many times in a row.
     */
    readonly onFault?: FaultPolicy;
}

/**
 * At most one turn in each period: `await limit.turn()` before what must not happen more often. The first turn is free;
 * those who wait have theirs in the order they came.
 *
 * Layout: `next_` is when the next turn may be; more than a period away it is long past, on a clock that wraps. The
 * alarm is set exactly while somebody waits.
 * Cost: O(1), and one sleep for each turn that must wait; allocates nothing after construction.
 * Cancel: the turn of a dropped waiter is the next one's.
 */
export declare class Throttle {
    /** @throws E170 unless `period` is whole milliseconds from 1 to 2^30 */
    constructor(period: Ticks);
    /** Waits for a turn, and takes it. */
    turn(): Future<void>;
}

/** A span of time in clock ticks of one millisecond. Make one with {@link ms} or {@link s}. */
export type Ticks = number & {
    readonly [brand]: "Ticks";
};

/** The turn to make the value of a {@link OnceCell}: ended by `release`, or by `using`. */
export interface Turn<T> extends Guard {
    /** Gives the cell its value and wakes all who wait; false when it had one. */
    set(value: T): boolean;
}

/**
 * The time of day, which may step: `now` is milliseconds since 1970 by the engine's `Date`, corrected by what `set` was
 * told. For spans and periods use `now()` of the library, which never steps.
 *
 * Layout: who waits, sorted by when; the alarm is set exactly while somebody does.
 *
 *   offset_ = what was set - the engine's time then          waiters_ -> 07:00 <-> 07:00 <-> 19:30
 *
 * Cost: `until` O(waiters that are due later), and a wake each minute; allocates nothing after construction
 * but what the engine takes for numbers of this size.
 * Interrupts: `set` may be called from anywhere, as when a time server answers.
 * Steps: forward, what was passed over is done at once; back, what waits goes on waiting. A step of the engine's own
 * clock is noticed within a minute.
 */
export declare class WallClock {
    /** Milliseconds since 1970-01-01 UTC. */
    now(): number;
    /** Makes it `time`, in milliseconds since 1970. */
    set(time: number): void;
    /** Waits until it is `time`, in milliseconds since 1970; done at once when that is not later than now. */
    until(time: number): Future<void>;
}

/**
 * The latest value, for any number of readers, each of which remembers the version that it has seen:
 *
 *   let seen = 0;
 *   for (;;) {
 *     seen = await temperature.changed(seen);
 *     show(temperature.value);
 *   }
 *
 * Layout: one value, and its version: 1 for the first one, and one more with each `set`, wrapped to 32 bits. A reader
 * misses what was overwritten before it ran, never the latest.
 * Cost: O(1) each, and O(tasks woken) of a `set`; allocates nothing, however many readers there are.
 * Interrupts: `set` may be called from anywhere.
 * Cancel: a dropped `changed` leaves nothing behind.
 */
export declare class Watch<T> {
    constructor(initial: T);
    /** The latest value. */
    get value(): T;
    /** What `changed` is to be given by who wants to know of later values only. */
    get version(): number;
    /** Puts `value` in the place of the one before, and wakes all who wait. */
    set(value: T): void;
    /** Waits until the version is no longer `seen`, and gives it: that of `value` now. 0 is the version before the first. */
    changed(seen: number): Future<number>;
}

/**
 * A watchdog in software over one in hardware, which is fed only while all declared deadlines hold.
 *
 *   board.watchdog.start(s(5));
 *   const dog = new Watchdog(() => board.watchdog.feed(), (name) => board.console.write(`${name} is late`));
 *   task(async function pump() { ... }, { deadline: s(2) })    a kind whose tasks have a turn at least so often
 *   const round = dog.watch("sensor", s(2));                   in a task with longer rounds: round.met() after each
 *   for (;;) { dog.check(); await sleep(ms(500)); }             in a task of its own
 *
 * A task that hangs, and one that keeps the executor busy, both end the feeding; the hardware then resets the board.
 * Layout: a list through the deadlines.
 * Cost: `check` O(deadlines, and slots where kinds have some); allocates nothing after `watch`, and after the first `check` of a task.
 */
export declare class Watchdog {
    /** `feed` keeps the hardware from resetting the board; `onMiss` is told once of each deadline that is missed. */
    constructor(feed_: () => void, onMiss_?: ((name: string) => void) | undefined);
    /** Declares that a round takes `limit` at most, from now on. */
    watch(name: string, limit: Ticks): Deadline;
    /** Takes a deadline back: what it is of has ended as it should. Cost: O(deadlines). */
    unwatch(deadline: Deadline): void;
    /** How often a deadline was missed so far: once for each time that one was met no more. */
    get missed(): number;
    /**
     * Feeds the hardware if all deadlines hold; whether they do. One that was missed and is met again counts as held. A turn counts
     * from the check that notices it.
     */
    check(): boolean;
}

/**
 * A bounded queue of slots that are filled and read in place, so that large items are never copied:
 *
 *   const slot = await blocks.reserve();       const block = await blocks.receive();
 *   if (slot === CLOSED) return;               if (block === CLOSED) return;
 *   fill(slot);                                use(block);
 *   blocks.commit();                           blocks.release();
 *
 * One task fills a slot at a time, and one reads one; others wait for their turn. Both may wait meanwhile.
 *
 * Layout: the ring of the slots that it was made with. Nobody else may keep them.
 *
 *        head_                  head_ + count_
 *          |                       |
 *   [ .   lent_   ready   ready   reserved_   . . ]
 *
 *   reserved_, lent_: nobody -> somebody was woken for it -> and runs, and has the slot
 *
 * Cost: O(1) each; allocates nothing.
 * Interrupts: `tryReserve` with `commit`, and `tryReceive` with `release`, may be used anywhere.
 * Cancel: a dropped wait takes nothing. A task that is cancelled while it has a slot gives it back in `finally`: by
 * `abandon`, which does nothing after `commit`, or by `release`.
 */
export declare class ZeroCopyChannel<T> {
    /** @throws E121 unless there is at least one slot */
    constructor(slots_: readonly T[]);
    /** Slots that it has. */
    get capacity(): number;
    /** Slots that were committed and not released yet. */
    get length(): number;
    /** Waits for a free slot, and gives it to be filled; {@link CLOSED} when the channel is closed. */
    reserve(): Future<T | typeof CLOSED>;
    /** Gives a free slot if there is one now and nobody fills one; else null. */
    tryReserve(): T | null;
    /** Sends the slot that was reserved, filled. @throws E126 when none is */
    commit(): void;
    /** Gives the slot that was reserved back, unsent; does nothing when none is. */
    abandon(): void;
    /** Waits for the oldest slot that was sent, and lends it; {@link CLOSED} once the channel is closed and empty. */
    receive(): Future<T | typeof CLOSED>;
    /** Lends the oldest slot if there is one now and nobody reads one; else null. */
    tryReceive(): T | null;
    /** Gives the slot that was lent back: it is free. @throws E126 when none is lent */
    release(): void;
    /** Lets no more slots be reserved. One that is can still be sent, and what is inside received. */
    close(): void;
}

/** The instant `span` after `at`, in whole milliseconds. `span` must be within 2^31 ms, 24 days. */
export declare function after(at: Instant, span: Ticks): Instant;

/**
 * Waits for all of several futures, which run at the same time: `const { a, b } = await all({ a: f(), b: g() })`. The first
 * to throw ends it: the others are given up as those that lose a select, their cleanup is awaited, and then it is thrown.
 *
 * What an arm got that was done by then goes back, an item to its channel say. The record it gives is used again by the
 * same `all`. Cost, cancel: as {@link select}.
 */
export declare function all<A extends Arms>(arms: A): Future<{
    [K in keyof A]: Awaited<A[K]>;
}>;

/**
 * Waits for the first of several futures that does not throw, and gives its value; the others are given up.
 *
 * Cost, cancel: as {@link select}; allocates what it throws.
 * @throws E180 when all throw, an {@link AnyError} with what they threw
 */
export declare function any<A extends Arms>(arms: A): Future<Awaited<A[keyof A]>>;

/** How long after `from` the instant `to` is; negative when it is before. They must lie within 24 days of each other. */
export declare function between(from: Instant, to: Instant): Ticks;

/**
 * Asks a task to end: its `finally` blocks run, and may await. A stale or ended task is left alone; a paused one goes on.
 *
 * `stop` waits until it has ended, too.
 * @throws E202 when no executor runs
 */
export declare function cancel(id: TaskId): void;

/** The handle of the task that runs. @throws E201 outside a task */
export declare function currentTask(): Task;

/**
 * Waits for `future`, but not beyond the instant `at` of the clock: its value, or {@link TIMED_OUT}, and then `future` is
 * dropped. A deadline that has passed leaves `future` no time, but what is done at once.
 *
 * Cost and cancel: as {@link timeout}.
 */
export declare function deadline<T>(future: PromiseLike<T>, at: Instant): Future<T | typeof TIMED_OUT>;

/**
 * Tells that nobody will join a task: its result is let go of when it ends, and no longer kept in its slot. It leaves its
 * group, which does not wait for it any more. A stale one is left alone.
 */
export declare function detach(task: Task): void;

/**
 * As {@link select}, but of arms ready at once it takes the one that comes next behind the last winner: no arm that is
 * ready again and again keeps the others from winning. Of `n` arms, one that is ready each time wins at least each `n`th.
 *
 * Whose turn it is, it keeps from one call of the function around it to the next.
 * Cost, cancel: as {@link select}.
 */
export declare function fairSelect<A extends Arms>(arms: A): Future<Selected<A>>;

/** Faults since the start, also those that were handled. @throws E202 when no executor runs */
export declare function faultCount(): number;

/** First in, first out: `new Executor(platform, { policy: fifo })`. */
export declare const makeFifo: MakePolicy;

/** The items of `source` that `test` is true for. Where it stands, cost and cancel: as {@link map}. */
export declare function filter<T, S extends T>(source: Stream<T>, test: (item: T) => item is S): Stream<S>;

export declare function filter<T>(source: Stream<T>, test: (item: T) => boolean): Stream<T>;

/**
 * Gives up a task for another thread to {@link takeOver}; false when it cannot go now: it is over, or running, or
 * has frames of this thread, waits for something of this thread, is waited for here, or keeps an error in a `finally`
 * that waits.
 *
 * Cost: O(depth of its calls and what it waits for); allocates nothing.
 */
export declare function handOver(executor: Executor, id: TaskId): boolean;

/**
 * Whether the task that runs was asked to end: in its cleanup, and between that and its next wait when it is cancelled while
 * it runs. In an arm that loses, too.
 *
 * Outside of tasks it is false.
 */
export declare function isCancelRequested(): boolean;

/**
 * Waits for the end of a task and gives what it returned: `const sum = await join(spawn(add, 1, 2))`.
 *
 * It throws what the task threw. Any number of tasks may join one, and again; who joins it before it ends gets the
 * result in any case, later on it is there until the slot is used again.
 * Cost: O(1); a record when the slot is joined first, nothing from then on.
 * Cancel: a dropped join leaves the task alone.
 * @throws E130 when its slot was used again, E132 when a task joins itself, E133 when it was cancelled, E134 when it is
 *   on another thread, E138 when it was detached
 */
export declare function join<R>(task: Task<R>): Future<R>;

/**
 * The last fault, or the one that is `back` faults older; the last eight are kept. Undefined where there is none.
 *
 * Cost: O(1); allocates nothing: read the record before eight more faults.
 * @throws E202 when no executor runs
 */
export declare function lastFault(back?: number): Fault | undefined;

/** Makes a record for {@link Meter.readAll}, once. */
export declare function makeExecutorCounts(): ExecutorCounts;

/**
 * Makes what gives numbers from 0 up to 1, the same ones for the same `seed`, on every engine: for tries and tests that can be
 * repeated. Give each board a seed of its own, its serial number say. Not for secrets.
 *
 * Cost: O(1); allocates nothing after it is made. Source: xorshift32 of Marsaglia, "Xorshift RNGs", 2003.
 */
export declare function makeRandom(seed: number): () => number;

/**
 * The memory that the shared tasks of this program need; `buffer` is that of another thread, which runs the same code.
 *
 * @throws E131 when `buffer` was made for something else
 */
export declare function makeSharedMemory(buffer?: ArrayBufferLike): SharedMemory;

/** Makes a record for {@link Meter.read}, once. */
export declare function makeTaskCounts(): TaskCounts;

/**
 * What `f` makes of each item of `source`: `for await (const celsius of map(readings, toCelsius))`.
 *
 * It stands in the head of `for await`, behind `yield*`, or as the source of another one. What `f` throws ends the loop, as
 * what its body throws. Cost: a call of `f` for each item; allocates nothing.
 * Cancel: as that of `source`.
 */
export declare function map<T, R>(source: Stream<T>, f: (item: T) => R): Stream<R>;

/**
 * The items of several sources as they come, until all of them are over. Of those that have items, they take turns.
 *
 * Each source is a channel or a subscription, or made of one by {@link map} and the like. Where it stands: as {@link map}.
 * Cost: O(sources) for each item; allocates nothing. Cancel: gives up what it waits for; no item is lost.
 */
export declare function merge<S extends readonly Stream<unknown>[]>(...sources: S): Stream<ItemOf<S[number]>>;

/** `count` milliseconds. Fractions are rounded up when a timer is set; Espruino's timers keep them. */
export declare function ms(count: number): Ticks;

/** The name of the task's kind, also when it is stale. @throws E202 when no executor runs */
export declare function nameOf(id: TaskId): string;

/**
 * The monotonic clock: ticks of one millisecond, wrapped to an int32. It never goes back, and is what `sleepUntil`,
 * `deadline` and intervals count by. Instants are compared by {@link between}, or `(a - b) | 0`, which is right within 2^31
 * ms, 24 days.
 *
 * Cost: one call of the platform's clock.
 * @throws E202 on a host where no executor runs
 */
export declare function now(): Instant;

/**
 * Tells `hooks`, a {@link Meter} say, what happens to the tasks of this program from now on; those that were told before are not
 * any more. The first line of `main` is the place.
 *
 * Cost: nothing in programs that do not call it; else a call for each event that `hooks` has a function for.
 * @throws E202 when no executor runs
 */
export declare function observe(hooks: TaskHooks): void;

/**
 * Sets who is told, once, of each task that ends by a throw that nobody joins; in the place of the target, which writes a
 * line. It runs between two polls, and may spawn and cancel. What it throws itself is told to the target.
 *
 * @throws E202 when no executor runs
 */
export declare function onUnhandledFault(hook: FaultHook | null): void;

/** The policy of {@link Passes}; executors have it where nothing else is chosen. */
export declare const makePasses: MakePolicy;

/**
 * Gives a task no turn until {@link resume}: what it waits for may happen meanwhile, and is there when it goes on. A task
 * that pauses itself runs on to its next wait. One that is cancelled, stale or over is left alone.
 *
 * @throws E202 when no executor runs
 */
export declare function pause(id: TaskId): void;

/** The policy of {@link Priorities}; executors have it when a kind has a priority. */
export declare const makePriorities: MakePolicy;

/**
 * Waits for the first of several futures, and gives its value, or throws what it throws: a {@link select} that does not
 * say which one it was.
 */
export declare function race<A extends Arms>(arms: A): Future<Awaited<A[keyof A]>>;

/**
 * Lets an async function await itself, directly or through others that are declared so:
 *
 *   const walk = recursive(async function walk(node: Node): Promise<number> { ... }, { depth: 8 });
 *
 * Cost: a frame for each level, in each task that can call it.
 * @throws E115, in the caller, when a call would be a level too many
 */
export declare function recursive<F extends (...args: never[]) => PromiseLike<unknown>>(body: F, options: RecursionOptions): F;

/**
 * Keeps a slot for a task that is started later: what a task needs can be set up when it is sure that it can run.
 *
 *   const place = reserve(upload);                 throws when the pool is full, before anything is opened
 *   place.start(await open("data"));               or place.release()
 *
 * Cost: O(1); allocates the reservation.
 * @throws E101 when all slots of the kind are in use, E202 when no executor runs, E452 when the kind is
 * shared by threads
 */
export declare function reserve<A extends readonly unknown[], R>(kind: TaskKind<A, R>): Reservation<A, R>;

/**
 * Begins a task again: it is cancelled, and once its cleanup is over its function is called anew. It stays the same task:
 * its handle, those who join it, and its group. One that is over already begins at once, while its slot was not used again.
 *
 * Without arguments it has those that it was started with, which kinds with `restartable: true` keep.
 * Cost: O(1); of one that is over O(free slots of the kind).
 * @throws E136 when it is stale, or when nothing keeps its arguments; E452 when it is shared by threads
 */
export declare function restart<A extends readonly unknown[]>(task: Task<unknown, A>, ...args: A | readonly []): void;

/** Lets a task that was paused go on; any other is left alone. @throws E202 when no executor runs */
export declare function resume(id: TaskId): void;

/**
 * Calls `body` until it does not throw: `await retry(readSensor, { first: ms(10), attempts: 5 })`. Between two tries it
 * pauses, each time longer. Gives what `body` gives; throws the last error when there may be no other try. `body` is told which
 * try it is, from 1: an async function, or one that gives a future.
 *
 * It is compiled into the caller, as an async function of the program. Cost: O(1) besides `body`; allocates nothing.
 * Cancel: ends the try that is on, whose cleanup is awaited, or the pause.
 * @throws E184, E121 for options that make no sense
 */
export declare function retry<T>(body: (attempt: number) => Future<T>, options: RetryOptions): Promise<T>;

/** `count` seconds. */
export declare function s(count: number): Ticks;

/**
 * Waits for the first of several futures: `const next = await select({ item: items.receive(), tick })`.
 *
 * An arm made in place is dropped when it loses; a named future goes on and can be used again (docs/adr/0005).
 * Of arms ready at once the first wins. The record it gives is used again by the same select.
 * Cost: O(arms); allocates nothing in compiled tasks, which hold its arms in their frame.
 * Cancel: drops all arms made in place.
 */
export declare function select<A extends Arms>(arms: A): Future<Selected<A>>;

/**
 * Waits for the end of a task and tells how it ended; it throws nothing of the task: `cancel(task); await settled(task)`.
 *
 * What the task threw is reported as if nobody waited. Cost and cancel: as {@link join}.
 * @throws E132 when a task waits for itself, E134 when it is on another thread
 */
export declare function settled(task: Task): Future<Outcome>;

/**
 * Waits for `delay`, counted from this call; one millisecond at least. To let others run, use {@link yieldNow}.
 *
 * Cost: O(timers due earlier) on hosts and XS, one engine timer on Espruino; allocates nothing on hosts and XS.
 * Cancel: the timer is taken back.
 * @throws E203 unless `delay` is a number
 */
export declare function sleep(delay: Ticks): Future<void>;

/**
 * Waits until the clock (`now`) is at `at`; done at once when that is not later than now. What it waits does not add up:
 * `at = after(at, ms(20))` in a loop keeps the pace, whatever the rest of the loop takes.
 *
 * Cost and cancel: as {@link sleep}. `at` must lie within 2^31 ms, 24 days, of now.
 */
export declare function sleepUntil(at: Instant): Future<void>;

/** The slot of a task: what hooks and meters know it by. A later task may have it too. Cost: O(1). @throws E202 when no executor runs */
export declare function slotOf(task: TaskId): number;

/** Describes every slot that has been used. Cost: O(slots); allocates the answer. */
export declare function snapshot(executor: Executor): TaskInfo[];

/**
 * Starts a task: `spawn(blink, led)`. It runs from the executor's next turn on.
 *
 * Cost: O(1); allocates nothing but the list of its arguments.
 * @returns its handle, for `join`, {@link cancel} and the like
 * @throws E101 when all slots of the kind are in use, E202 when no executor runs
 */
export declare function spawn<A extends readonly unknown[], R>(kind: TaskKind<A, R>, ...args: A): Task<R, A>;

/**
 * Cancels a task and waits until its cleanup is over; tells how it ended. A task that is over already stays as it was.
 *
 * Cost: as {@link join}. Cancel: a dropped stop does not take the cancel back.
 * @throws E132 when a task stops itself, E134 when it is on another thread
 */
export declare function stop(task: Task): Future<Outcome>;

/** The first `count` items of `source`, of which no more are received. Where it stands, cost and cancel: as {@link map}. */
export declare function take<T>(source: Stream<T>, count: number): Stream<T>;

/**
 * Goes on with a task that another thread, which runs the same code over the same memory, handed over.
 *
 * Cost: that of its timers and what it waits for; allocates when a frame waits so on this thread for the first time.
 */
export declare function takeOver(executor: Executor, id: TaskId): void;

/**
 * Declares a kind of task from an async function: `const blink = task(async function blink(led: OutputPin) {...})`.
 *
 * Call it at the top level of a module. The compiler turns the function, and the async functions it awaits, into
 * state machines with static frames.
 * @throws E111 unless `pool` is a whole number of at least 1, E116 unless `priority` is one from 0 to 7, E117 unless `deadline` is a
 * span of time
 */
export declare function task<A extends readonly unknown[], R>(body: (...args: A) => PromiseLike<R>, options?: TaskOptions): TaskKind<A, R>;

/**
 * Waits for `future`, but `limit` at most: its value, or {@link TIMED_OUT}, and then `future` is dropped.
 *
 * Cost and cancel: as {@link select} of two.
 */
export declare function timeout<T>(future: PromiseLike<T>, limit: Ticks): Future<T | typeof TIMED_OUT>;

/**
 * Starts a task as {@link spawn} does, where it is no mistake that all slots are in use: it gives {@link BUSY} then.
 *
 * @throws E202 when no executor runs
 */
export declare function trySpawn<A extends readonly unknown[], R>(kind: TaskKind<A, R>, ...args: A): Task<R, A> | typeof BUSY;

/**
 * The latest `size` items of `source`, oldest first, after each `step` of them; default each `size`, so that none is in two
 * windows. The list is the same each time: copy what shall be kept. Items that fill no window at the end are left out.
 *
 * Where it stands and cancel: as {@link map}. Cost: O(size) for each window; makes one list when the loop begins.
 * @throws E121 unless `size` is a whole number of at least 1, and `step` one up to `size`
 */
export declare function window<T>(source: Stream<T>, size: number, step?: number): Stream<readonly T[]>;

/** Lets every other ready task run once before it goes on. */
export declare function yieldNow(): Future<void>;
