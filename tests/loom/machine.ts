/**
 * Threads that stop before each access to shared memory. The code that they run is the one that ships: only `Atomics`
 * and the array of words are ours.
 *
 * A thread cannot be stopped within a function. So it runs anew for each step: what its accesses gave so far comes
 * from its log, and at the first one beyond the log it is thrown out, with that access as what it does next.
 *
 *   log      3  0  1            run: load -> 3, add -> 0, load -> 1, compareExchange -> thrown out: `next`
 *
 * A body is called again and again until it returns true. Between two calls nothing counts but the numbers in
 * `local`, so that states which differ in their past alone are one state.
 */

export type Kind =
  | "load"
  | "store"
  | "add"
  | "sub"
  | "and"
  | "or"
  | "exchange"
  | "compareExchange"
  | "wait"
  | "waitAsync"
  | "notify"
  /** Not of memory: one of several things may be so, or happen in an event loop. */
  | "choose"
  | "event"
  | "plain load"
  | "plain store";

/** An access that a thread is about to make. */
export interface Access {
  readonly kind: Kind;
  readonly index: number;
  readonly a: number;
  readonly b: number;
}

export const isWrite = ({ kind }: Access): boolean =>
  kind !== "load" && kind !== "plain load" && kind !== "wait" && kind !== "waitAsync";
export const isPlain = ({ kind }: Access): boolean => kind === "plain load" || kind === "plain store";

/** What a thread may ask of its host; a scenario puts one in place for each call of a body. */
export interface Host {
  now(): number;
  nextTick?(callback: () => void): void;
  setImmediate(callback: () => void): void;
  setTimeout(callback: (arg: never) => void, delay: number, arg: unknown): unknown;
  clearTimeout(timer: unknown): void;
}

/** In an event loop: what a thread waits for by `waitAsync` has come. */
export const RESOLVED = 1;

/** What scenarios may call besides the code that they check; see {@link Machine}. */
export interface Ghosts {
  /** Adds to ghost word `index`, in one step with the access before; the sum. */
  count(index: number, by?: number): number;
  /** Notes that this happened in some run. */
  saw(what: string): void;
  /** The memory, for who looks at the end. */
  readonly words: Int32Array;
  /** Ends the search: the code is wrong. */
  fail(text: string): never;
  /** A number below `count`: each is tried. */
  choose(count: number): number;
  /**
   * Waits in the event loop of this thread for one of the events of `bits`, or for {@link RESOLVED}; each that can be is tried. Those
   * of `late` need nobody: when nothing else can happen, and they change nothing, this is the end.
   */
  event(bits: number, late: number): number;
  host: Host | null;
}

export class Violation extends Error {}

const OUT = { out: true };
const RESULTS = ["ok", "not-equal", "timed-out"] as const;
export const TIMED_OUT = 2;
const GHOST_ROOM = 32;
/** Behind the ghost words: of each thread the index it awaits, plus one, and whether that has come. */
const AWAITS = GHOST_ROOM;
const HAS_COME = AWAITS + 8;
const ROOM = HAS_COME + 8;

/** Of one call of a body. */
const MOST_ACCESSES = 300;
/** Of what sets up, or looks at the end. */
const MOST_DIRECTLY = 10_000;

type Body = (local: number[]) => boolean;

/** A thread between two steps. Never changed: a step makes another one. */
export interface Thread {
  readonly id: number;
  readonly local: readonly number[];
  readonly log: readonly number[];
  readonly next: Access | null;
  /** It sleeps on this word, or -1. */
  readonly sleepsOn: number;
  readonly hash: number;
}

/** Runs bodies over one memory, and stands in for `Atomics` in them. */
export class Machine {
  memory = new Int32Array(0);
  size = 0;
  readonly bodies: Body[] = [];
  /** Threads that hash as the first of them. */
  alike: readonly number[] = [];
  readonly seen = new Set<string>();
  private log_: number[] | null = null;
  private id_ = 0;
  private at_ = 0;
  private direct_ = 0;
  private next_: Access | null = null;
  /** What the run ended by: thrown again at each access, since the code under test may catch it. */
  private thrown_: unknown = null;

  /** Starts with a memory of `size` words, all zero. */
  provide(size: number): void {
    this.size = size;
    this.memory = new Int32Array(size + ROOM);
  }

  /** The array of words that code under test gets. */
  readonly words: Int32Array = new Proxy(new Int32Array(0), {
    get: (_, key) => (typeof key === "string" ? this.access_("plain load", Number(key)) : undefined),
    set: (_, key, value: number) => {
      this.access_("plain store", Number(key), value);
      return true;
    },
  });

  readonly atomics = {
    load: (_: unknown, index: number) => this.access_("load", index),
    store: (_: unknown, index: number, value: number) => this.access_("store", index, value),
    add: (_: unknown, index: number, value: number) => this.access_("add", index, value),
    sub: (_: unknown, index: number, value: number) => this.access_("sub", index, value),
    and: (_: unknown, index: number, value: number) => this.access_("and", index, value),
    or: (_: unknown, index: number, value: number) => this.access_("or", index, value),
    exchange: (_: unknown, index: number, value: number) => this.access_("exchange", index, value),
    compareExchange: (_: unknown, index: number, expected: number, value: number) =>
      this.access_("compareExchange", index, expected, value),
    wait: (_: unknown, index: number, value: number, timeout = Infinity) =>
      RESULTS[this.access_("wait", index, value, timeout === Infinity ? 1 : 0)],
    waitAsync: (_: unknown, index: number, value: number) => {
      const isAsync = this.access_("waitAsync", index, value, this.id_) === 1;
      // Whoever waits says what is to be done then; the scenario does it.
      return { async: isAsync, value: { then: () => undefined } };
    },
    notify: (_: unknown, index: number, count = Infinity) =>
      this.access_("notify", index, Math.min(count, 99)),
  };

  readonly ghosts: Ghosts = {
    words: this.words,
    count: (index, by = 1) => this.count_(this.size + index, by),
    saw: (what) => this.seen.add(what),
    fail: (text) => {
      this.thrown_ = new Violation(text);
      throw this.thrown_;
    },
    choose: (count) => this.access_("choose", 0, count),
    event: (bits, late) => this.access_("event", this.id_, bits, late),
    host: null,
  };

  /** Wakes who awaits word `index`, `most` at most; how many there were. */
  resolve(index: number, most: number): number {
    let count = 0;
    for (let id = 0; id < this.bodies.length && count < most; id++) {
      const at = this.size + AWAITS + id;
      if (this.memory[at] !== index + 1) continue;
      this.memory[at] = 0;
      this.memory[this.size + HAS_COME + id] = 1;
      count++;
    }
    return count;
  }

  /** Thread `id` is no more, and awaits nothing. */
  forget(id: number): void {
    this.memory[this.size + AWAITS + id] = this.memory[this.size + HAS_COME + id] = 0;
  }

  /** The events that can be for a thread which waits for one, in `memory`. */
  eventsOf({ index: id, a: bits }: Access, memory: Int32Array): number {
    return bits | (memory[this.size + HAS_COME + id]! > 0 ? RESOLVED : 0);
  }

  private await_(index: number, value: number, id: number): number {
    if (this.memory[index] !== value) return 0;
    const at = this.size + AWAITS + id;
    if (this.memory[at]! !== 0 || this.memory[this.size + HAS_COME + id]! !== 0)
      throw new Violation(`thread ${id} awaits two things at once`);
    this.memory[at] = index + 1;
    return 1;
  }

  /** A thread that has not begun. */
  begin(id: number): Thread {
    return this.run_({ id, local: [], log: [], next: null, sleepsOn: -1, hash: id });
  }

  /** `thread` goes on to its next access, now that the last one gave `result`. */
  resume(thread: Thread, result: number): Thread {
    return this.run_({ ...thread, sleepsOn: -1, log: [...thread.log, result] });
  }

  private run_(thread: Thread): Thread {
    let { local } = thread;
    let log = thread.log as number[];
    this.id_ = thread.id;
    for (;;) {
      const copy = [...local];
      this.log_ = log;
      this.at_ = 0;
      this.thrown_ = null;
      try {
        const isOver = this.bodies[thread.id]!(copy);
        // eslint-disable-next-line @typescript-eslint/only-throw-error -- as below
        if (this.thrown_ !== null) throw this.thrown_;
        if (isOver) return { ...thread, local: [], log: [], next: null, hash: -1 };
        local = copy;
        log = [];
      } catch (error) {
        if (error !== OUT) throw error;
        if (log.length > MOST_ACCESSES) throw new Violation(`thread ${thread.id} does not come to an end`);
        return { ...thread, local, log, next: this.next_, hash: hashOf(this.nameOf_(thread.id), local, log) };
      }
    }
  }

  private nameOf_(id: number): number {
    return this.alike.includes(id) ? this.alike[0]! : id;
  }

  /** Runs `body` at once, as setting up and looking at the end does. */
  directly<T>(body: () => T): T {
    this.log_ = null;
    this.thrown_ = null;
    this.direct_ = 0;
    return body();
  }

  private access_(kind: Kind, index: number, a = 0, b = 0): number {
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- as below
    if (this.thrown_ !== null) throw this.thrown_;
    if (!(index >= 0 && index < this.size)) throw new Violation(`${kind} at ${index}: outside of the memory`);
    if (this.log_ === null) {
      if (++this.direct_ > MOST_DIRECTLY)
        throw new Violation("what sets up, or looks at the end, does not end");
      return this.apply({ kind, index, a, b });
    }
    if (this.at_ < this.log_.length) return this.log_[this.at_++]!;
    this.next_ = { kind, index, a, b };
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- made a million times, and never seen by anybody
    throw (this.thrown_ = OUT);
  }

  private count_(index: number, by: number): number {
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- as below
    if (this.thrown_ !== null) throw this.thrown_;
    if (this.log_ !== null && this.at_ < this.log_.length) return this.log_[this.at_++]!;
    const sum = (this.memory[index]! += by);
    if (this.log_ !== null) {
      this.log_.push(sum);
      this.at_++;
    }
    return sum;
  }

  /** What `access` does to the memory, besides waiting; its result. */
  apply({ kind, index, a, b }: Access): number {
    const { memory } = this;
    const old = memory[index]!;
    switch (kind) {
      case "store":
      case "plain store":
        return (memory[index] = a);
      case "add":
        memory[index] = old + a;
        return old;
      case "sub":
        memory[index] = old - a;
        return old;
      case "and":
        memory[index] = old & a;
        return old;
      case "or":
        memory[index] = old | a;
        return old;
      case "exchange":
        memory[index] = a;
        return old;
      case "compareExchange":
        if (old === a) memory[index] = b;
        return old;
      case "waitAsync":
        return this.await_(index, a, b);
      case "event":
        // What was chosen.
        if (a === RESOLVED) memory[this.size + HAS_COME + index] = 0;
        return a;
      default:
        return kind === "notify" ? 0 : kind === "choose" ? a : old;
    }
  }
}

function hashOf(id: number, local: readonly number[], log: readonly number[]): number {
  let hash = mix(id, local.length);
  for (const each of local) hash = mix(hash, each);
  for (const each of log) hash = mix(hash, each);
  return hash;
}

/** A hash of `hash` and `value`. */
export function mix(hash: number, value: number): number {
  let h = Math.imul(hash ^ (value + 0x9e3779b9), 0x85ebca6b);
  h ^= h >>> 13;
  return Math.imul(h, 0xc2b2ae35) ^ (h >>> 16);
}
