/**
 * What the program uses of the executor. Device builds replace this module by one with what the compiler found
 * (compiler/features.ts), and what is false costs no byte. Hosts have all of it.
 */

/** Select, timeout, or an await of a named future. */
export const RACES: boolean = true;
/** Calls of async functions as arms. */
export const STRANDS: boolean = true;
/** `cancel`, or strands, which are cancelled when they lose. */
export const CANCELS: boolean = true;
/** Handlers that ask how control came to them: by a throw, or a cancel, or the close of a generator. */
export const HOWS: boolean = true;
/** try statements with an await inside. */
export const HANDLERS: boolean = true;
/** Futures that may be given up: arms, awaits of a task that can be cancelled, those that are not awaited in place. */
export const DROPS: boolean = true;
/** Operations that leave a wait list before it is their turn: those that are given up, edges, greedy semaphores. */
export const UNLINKS: boolean = true;
/** Awaits that give a value. */
export const VALUES: boolean = true;
/** Awaits of what may be done at once. */
export const AT_ONCE: boolean = true;
/** Whether what is there already is taken without a record of the wait, which is faster, and more code. */
export const DIRECT: boolean = true;
/** States that go on in another one at once. */
export const JUMPS: boolean = true;
/** Whether strands note how control goes on: otherwise a throw is the end. */
export const TURNS: boolean = HANDLERS || STRANDS || CANCELS;
/** Operations that throw when they are taken: calls as arms, joins. */
export const FAILS: boolean = true;
/** Whether the one task there is is polled by nobody but who woke it: nothing looks who runs. */
export const ALONE: boolean = false;
/** Whether anybody looks if a task is over. */
export const ENDS: boolean = true;
/** `await yieldNow()`. */
export const YIELDS: boolean = true;
/** Long loops without an await. */
export const PAUSES: boolean = true;
/** Kinds of more than one task. */
export const POOLS: boolean = true;
/** More than one task in all, or one that gives up futures. */
export const MANY: boolean = true;
/** Kinds with a name of their own. */
export const NAMED: boolean = true;
/** Calls of `spawn` that may find no free slot. */
export const FULL: boolean = true;
/** Ids of tasks, which `spawn` gives. */
export const IDS: boolean = true;
/** Tasks that are joined, and the like: they have bonds. */
export const BONDS: boolean = true;
/** Groups of tasks. */
export const GROUPS: boolean = true;
/** Tasks that begin again. */
export const RESTARTS: boolean = true;
/** Kinds that say how often their tasks have a turn, and a watchdog that looks after it. */
export const DEADLINES: boolean = true;
/** Kinds that say what becomes of faults. */
export const POLICIES: boolean = true;
/** Faults that are kept, or told to a hook. */
export const FAULTS: boolean = true;
/** Hooks that are told what happens to tasks. */
export const OBSERVED: boolean = true;
/** `pause` and `resume`. */
export const HOLDS: boolean = true;
/** Slots that are reserved. */
export const RESERVES: boolean = true;
/** `sleep` or `timeout`. */
export const TIMERS: boolean = true;
/** Delays of other than whole ticks, 1 to a billion, that are known at build time. */
export const ANY_DELAY: boolean = true;
/** What is thrown and may have no text, or none that can be had without another throw. */
export const TEXTLESS: boolean = true;
/** Errors whose `code` is looked at. */
export const CODES: boolean = true;
/** `CLOSED` where the program can print it: a for-await keeps it to itself. */
export const SHOWS_CLOSED: boolean = true;
/** Channels, semaphores and the like whose size is not known at build time, or wrong. */
export const SIZES: boolean = true;
/** Whether an error of a task is told with the calls that led to it: in builds that are flashed by `npm run flash`. */
export const STACKS: boolean = false;
/** Tasks with priorities. */
export const PRIORITIES: boolean = true;
/** Tasks whose waits may be over at once again and again, without an end: their polls have a budget. */
export const BUDGET: boolean = true;
