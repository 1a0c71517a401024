/**
 * Explores all interleavings of a scenario's threads, at each of which they may also die where it says so.
 *
 * JavaScript's Atomics are sequentially consistent, and accesses that are not atomic are so as well in a program
 * without data races. So interleavings are all there is, and a race is two threads that are both about to access one
 * word, one of them to write it and one of them not atomically: that is looked for in each state.
 *
 *   state    memory, and of each thread: numbers it keeps, results since, what it sleeps on
 *
 * Two ways to one state go on alike, so each is expanded once. An access to a word that no other thread ever writes (or
 * even reads, if it is a write) commutes with all they do: where a thread is about to make one, only that
 * thread is stepped. Which words those are is found out on the way; when a guess was wrong, all begins again.
 */
import { Accesses } from "./accesses.js";
import {
  Machine,
  Violation,
  isPlain,
  isWrite,
  mix,
  type Access,
  TIMED_OUT,
  type Ghosts,
  type Thread,
} from "./machine.js";

/** What is checked. It runs within the bundle under test, so it must not keep anything but in the words and `local`. */
export interface Scenario {
  readonly name: string;
  /** It takes more than some seconds: for nights. */
  readonly isBig?: boolean;
  /** It does not come to an end: as many states are seen as there is time for. */
  readonly isBounded?: boolean;
  /** Words of shared memory. */
  readonly size: number;
  /** Prepares the memory, and gives the threads; each body is called until it returns true. */
  readonly threads: (words: Int32Array) => ((local: number[]) => boolean)[];
  /** Threads that may die, one of them in a run, before any of their accesses. */
  readonly mortal?: readonly number[];
  /** The thread that starts when one has died, and otherwise never runs. */
  readonly recovery?: number;
  /** Looks at the end of each run; `isDead` says who died. */
  readonly atEnd?: (died: number) => void;
  /** What some run must have seen (`loom.saw`): a scenario in which nothing happens proves nothing. */
  readonly sees?: readonly string[];
  /** Threads that are asleep at the end, as they should: others that are have not been woken. */
  readonly sleepers?: readonly number[];
  /** Threads of the same code that nobody tells apart, and that never sleep: which of them is where is one state. */
  readonly alike?: readonly number[];
  /** Whether sleep with a limit may be over by itself. */
  readonly hasTimeouts?: boolean;
}

/** The code under test, with its memory. */
export interface Loaded {
  readonly scenarios: readonly Scenario[];
}
export type Load = (atomics: Machine["atomics"], ghosts: Ghosts) => Loaded;

export interface Finding {
  readonly text: string;
  readonly trace: readonly string[];
}

export interface Outcome {
  readonly states: number;
  /** All states were seen. */
  readonly isComplete: boolean;
  readonly found: Finding | null;
  readonly seen: ReadonlySet<string>;
}

interface State {
  readonly memory: Int32Array;
  readonly memoryHash: number;
  readonly threads: readonly Thread[];
  /** Who sleeps, longest first. */
  readonly asleep: readonly number[];
  readonly died: number;
}

/** One step of a thread: an access, or its death, or the end of the time for which it sleeps. */
interface Step {
  readonly thread: number;
  access: Access | null;
  result: number;
  /** Whether it needs nobody else, and is no progress: time goes on. */
  isLate: boolean;
}

class Limit extends Error {}

/** Accesses of a thread until it is in its event loop again. */
const MOST_OF_A_TURN = 1000;

/** Explores scenario `name` of what `load` gives, to `most` states at most. */
export function explore(load: Load, name: string, most = 1_000_000): Outcome {
  const accesses = new Accesses();
  for (;;) {
    const search = new Search(load, name, accesses, most);
    const outcome = search.run();
    if (accesses.isRight || outcome.found !== null) return outcome;
    accesses.isRight = true;
  }
}

class Search {
  private readonly machine_: Machine;
  private readonly scenario_: Scenario;
  private readonly visited_ = new Set<number>();
  /** Keys on the way to this state, with their depth; and the steps. */
  private readonly way_ = new Map<number, number>();
  private readonly steps_: Step[] = [];

  constructor(
    load: Load,
    name: string,
    private readonly accesses_: Accesses,
    private readonly most_: number,
  ) {
    const machine = (this.machine_ = new Machine());
    this.scenario_ = load(machine.atomics, machine.ghosts).scenarios.find((each) => each.name === name)!;
    machine.provide(this.scenario_.size);
    machine.alike = this.scenario_.alike ?? [];
    machine.bodies.push(...machine.directly(() => this.scenario_.threads(machine.words)));
  }

  run(): Outcome {
    let found: Finding | null = null;
    let isComplete = true;
    try {
      this.visit_(this.first_(), -1);
    } catch (error) {
      if (error instanceof Limit) isComplete = false;
      else {
        const text = error instanceof Violation ? error.message : String((error as Error).stack ?? error);
        found = { text, trace: this.steps_.map(stepText) };
      }
    }
    return { states: this.visited_.size, isComplete, found, seen: this.machine_.seen };
  }

  private first_(): State {
    const { machine_: machine, scenario_: scenario } = this;
    const threads = machine.bodies.map((_, id) =>
      id === scenario.recovery ? dormant(id) : machine.begin(id),
    );
    const { memory } = machine;
    let memoryHash = 0;
    memory.forEach((value, index) => (memoryHash ^= wordHash(index, value)));
    return { memory, memoryHash, threads, asleep: [], died: -1 };
  }

  private visit_(state: State, by: number): void {
    const key = this.keyOf_(state);
    const able = state.threads.filter((each) => this.canGoOn_(each, state));
    const since = this.way_.get(key);
    const round = since === undefined ? [] : this.steps_.slice(since);
    if (since !== undefined && round.every((each) => each.thread === by)) {
      if (!round.some((each) => each.isLate))
        throw new Violation(`thread ${by} goes round in a circle while nobody else does anything`);
      return;
    }
    if (this.visited_.has(key)) return;
    if (this.visited_.size >= this.most_) throw new Limit();
    this.visited_.add(key);
    for (const { next, id } of able) this.accesses_.note(next!, id);
    const hasLimit = (id: number): boolean => state.threads[id]!.next!.b === 0;
    const dozing = this.scenario_.hasTimeouts === true ? state.asleep.filter(hasLimit) : [];
    if (dozing.length === 0 && this.isStill_(state, able)) this.end_(state);
    this.findRace_(able);
    this.way_.set(key, this.steps_.length);
    const { mortal = [] } = this.scenario_;
    const canDie = (id: number): boolean => state.died < 0 && mortal.includes(id);
    const acting = this.acting_(state);
    const alone = able.find(({ next, id }) => !canDie(id) && this.accesses_.isPrivate(next!, id, acting));
    for (const thread of alone === undefined ? able : [alone]) this.choices_(state, thread);
    if (alone === undefined) {
      for (const id of dozing) this.go_(id, () => this.timeOut_(state, id));
      if (state.died < 0) this.deaths_(state);
    }
    this.way_.delete(key);
  }

  /** All that a thread may do next. */
  private choices_(state: State, { id, next }: Thread): void {
    const { kind, a: count, b: late } = next!;
    if (kind === "choose") for (let i = 0; i < count; i++) this.go_(id, () => this.step_(state, id, i));
    else if (kind === "event") {
      const events = this.machine_.eventsOf(next!, state.memory);
      for (let bit = 1; bit <= events; bit *= 2) {
        if ((events & bit) !== 0) this.go_(id, () => this.step_(state, id, bit), (late & bit) !== 0);
      }
    } else this.go_(id, () => this.step_(state, id));
  }

  private canGoOn_({ next, sleepsOn }: Thread, { memory }: State): boolean {
    return (
      next !== null && sleepsOn < 0 && (next.kind !== "event" || this.machine_.eventsOf(next, memory) !== 0)
    );
  }

  /** Whether nothing can happen but that time passes, and that changes nothing. */
  private isStill_(state: State, able: readonly Thread[]): boolean {
    const isQuiet = able.every(
      ({ next }) => next!.kind === "event" && (this.machine_.eventsOf(next!, state.memory) & ~next!.b) === 0,
    );
    return (
      isQuiet &&
      able.every(({ id, next }) => this.keyOf_(this.passTime_(state, id, next!.b)) === this.keyOf_(state))
    );
  }

  /** What becomes of `state` when thread `id` has the late event and all that follows. */
  private passTime_(state: State, id: number, event: number): State {
    this.steps_.push({ thread: id, access: null, result: 0, isLate: true });
    let then = this.step_(state, id, event);
    for (let i = 0; i < MOST_OF_A_TURN; i++) {
      const { next, sleepsOn } = then.threads[id]!;
      if (next === null || next.kind === "event") break;
      if (sleepsOn >= 0) then = this.timeOut_(then, id);
      else then = this.step_(then, id, next.kind === "choose" ? 0 : undefined);
    }
    this.steps_.pop();
    return then;
  }

  /** Threads that have not ended, or may begin. */
  private acting_({ threads, died }: State): number {
    const { recovery, mortal = [] } = this.scenario_;
    let acting = recovery !== undefined && mortal.length > 0 && died < 0 ? 1 << recovery : 0;
    for (const { id, next } of threads) if (next !== null) acting |= 1 << id;
    return acting;
  }

  private deaths_(state: State): void {
    const { mortal = [] } = this.scenario_;
    for (const { id } of state.threads.filter((each) => mortal.includes(each.id) && each.next !== null)) {
      this.go_(id, () => this.kill_(state, id));
    }
  }

  private go_(thread: number, step: () => State, isLate = false): void {
    this.steps_.push({ thread, access: null, result: 0, isLate });
    const state = step();
    this.visit_(state, thread);
    this.steps_.pop();
  }

  /** `choice` is what comes of an access that leaves one. */
  private step_(state: State, id: number, choice?: number): State {
    const thread = state.threads[id]!;
    const { machine_: machine } = this;
    const access = choice === undefined ? thread.next! : { ...thread.next!, a: choice };
    const { kind, index, a } = access;
    const last = this.steps_.at(-1)!;
    last.access = access;
    if (kind === "wait" && state.memory[index] === a) {
      const threads = replaced(state.threads, { ...thread, sleepsOn: index });
      return { ...state, threads, asleep: [...state.asleep, id] };
    }
    const before = state.memory;
    machine.memory = before.slice();
    let result = machine.apply(access);
    let { threads, asleep } = state;
    if (kind === "wait") result = 1;
    if (kind === "notify") {
      // Who awaits something is woken first: a thread that does both has slept since.
      const resolved = machine.resolve(index, a);
      const woken = asleep.filter((each) => threads[each]!.sleepsOn === index).slice(0, a - resolved);
      result = resolved + woken.length;
      asleep = asleep.filter((each) => !woken.includes(each));
      for (const each of woken) threads = replaced(threads, machine.resume(threads[each]!, 0));
    }
    last.result = result;
    threads = replaced(threads, machine.resume(thread, result));
    return { ...state, ...this.remembered_(state, index), threads, asleep };
  }

  /** The memory as it is now; ghost words may have changed, too. */
  private remembered_(state: State, index: number): Pick<State, "memory" | "memoryHash"> {
    const { memory, size } = this.machine_;
    let hash = state.memoryHash;
    const changed = (at: number): void => {
      const old = state.memory[at]!;
      if (old !== memory[at]) hash ^= wordHash(at, old) ^ wordHash(at, memory[at]!);
    };
    changed(index);
    for (let at = size; at < memory.length; at++) changed(at);
    return { memory, memoryHash: hash };
  }

  private timeOut_(state: State, id: number): State {
    const last = this.steps_.at(-1)!;
    last.access = state.threads[id]!.next;
    last.result = TIMED_OUT;
    this.machine_.memory = state.memory.slice();
    const asleep = state.asleep.filter((each) => each !== id);
    const threads = replaced(state.threads, this.machine_.resume(state.threads[id]!, TIMED_OUT));
    return { ...state, ...this.remembered_(state, 0), threads, asleep };
  }

  private kill_(state: State, id: number): State {
    const { recovery } = this.scenario_;
    let threads = replaced(state.threads, { ...dormant(id), hash: -2 });
    this.machine_.memory = state.memory.slice();
    this.machine_.forget(id);
    if (recovery !== undefined) threads = replaced(threads, this.machine_.begin(recovery));
    const asleep = state.asleep.filter((each) => each !== id);
    return { ...state, ...this.remembered_(state, 0), threads, asleep, died: id };
  }

  private end_(state: State): void {
    const { scenario_: scenario, machine_: machine } = this;
    const stuck = state.asleep.filter((each) => !(scenario.sleepers ?? []).includes(each));
    if (stuck.length > 0) throw new Violation(`thread ${stuck.join(", ")} sleeps for ever`);
    machine.memory = state.memory.slice();
    machine.directly(() => scenario.atEnd?.(state.died));
  }

  /** A number of 53 bits: for the million states of a search, two are taken for one in one search of ten thousand. */
  private keyOf_({ memoryHash, threads, asleep, died }: State): number {
    const { alike } = this.machine_;
    let a = memoryHash;
    let b = died;
    let sum = 0;
    for (const { id, hash, sleepsOn } of threads) {
      // In whatever order.
      if (alike.includes(id)) sum = (sum + mix(hash, hash)) | 0;
      else {
        a = mix(a, hash ^ sleepsOn);
        b = mix(mix(b, hash), sleepsOn);
      }
    }
    for (const each of asleep) b = mix(b, each);
    b = mix(mix(b, sum), memoryHash);
    return (mix(a, sum) >>> 0) * 0x200000 + (b >>> 11);
  }

  private findRace_(able: readonly Thread[]): void {
    for (const one of able) {
      for (const other of able) {
        if (one.id >= other.id || one.next!.index !== other.next!.index) continue;
        const both = [one.next!, other.next!];
        if (both.some(isPlain) && both.some(isWrite)) {
          const kinds = both.map((each) => each.kind).join(" and ");
          throw new Violation(
            `data race of threads ${one.id} and ${other.id} at ${one.next!.index}: ${kinds}`,
          );
        }
      }
    }
  }
}

function stepText({ thread, access, result }: Step): string {
  if (access === null) return `${thread}  dies`;
  const { kind, index, a, b } = access;
  const operands =
    kind === "compareExchange" ? `${a}, ${b}` : isWrite(access) || kind.startsWith("wait") ? `${a}` : "";
  return `${thread}  ${kind}(${index}${operands === "" ? "" : `, ${operands}`}) = ${result}`;
}

function dormant(id: number): Thread {
  return { id, local: [], log: [], next: null, sleepsOn: -1, hash: -1 };
}

function replaced(threads: readonly Thread[], thread: Thread): Thread[] {
  const copy = [...threads];
  copy[thread.id] = thread;
  return copy;
}

function wordHash(index: number, value: number): number {
  return mix(mix(index, 77), value);
}
