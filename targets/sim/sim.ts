/**
 * The simulator: programs run in virtual time, which jumps from event to event.
 *
 *   advance(span): poll until nothing is ready -> jump to the next stimulus or alarm -> poll ... -> end of span
 *
 *   at one instant: stimuli -> callbacks of setTimeout, in the order of their time -> runs of the executor, until nothing
 *   is ready; and after each of these the jobs of promises, where `advanceAsync` lets them run
 *
 * Nothing here reads the wall clock, so equal programs, stimuli and seeds give equal traces.
 */
import { Executor, type Instant, type TaskId, type TaskKind, type Ticks } from "../../core/index.js";
import type { Board, BoardSpec, Level, PinTable, PortablePins } from "../../hal/index.js";
import { SimBoard } from "./board.js";
import { generic } from "./generic.js";
import { random } from "./random.js";
import { bounceOf, type Stimulus } from "./scenario.js";
import { Timeouts } from "./timeouts.js";
import { TraceLog } from "./trace.js";

/** A task that ended by a throw. */
export interface Fault {
  /** The name of its kind. */
  readonly task: string;
  /** What was thrown. */
  readonly error: unknown;
  /** Milliseconds since start. */
  readonly at: number;
}

/** How a simulation is set up. */
export interface SimOptions<P extends PinTable> {
  /** The board; default {@link generic}. */
  readonly board?: BoardSpec<P>;
  /** Seeds everything random: bounces. Default 1. */
  readonly seed?: number;
  /** The clock at the start, in ticks: set it just below 2^31 to test the wrap. */
  readonly start?: number;
  /** Called around each poll, for measurements. */
  readonly onPoll?: (slot: number, begins: boolean) => void;
}

declare function setImmediate(callback: () => void): unknown;

interface Event {
  readonly at: number;
  readonly act: () => void;
}

/**
 * Runs of the executor without progress of time before the clock is moved by one tick. A real engine spends time on
 * each poll; a program that only yields would stop a virtual clock for ever. Part of the trace: every engine that is
 * driven in virtual time counts the same.
 */
export const RUNS_PER_TICK = 64;

/** A simulated board with an executor. */
export class Sim<P extends PinTable = PortablePins> {
  /** The executor that it drives. */
  readonly executor: Executor;
  /** What the program showed so far. */
  readonly trace = new TraceLog();
  /** Tasks that ended by a throw so far. */
  readonly faults: Fault[] = [];
  /** That of its options. */
  readonly seed: number;
  private readonly board_: SimBoard<P>;
  private readonly random_: () => number;
  private readonly start_: number;
  private readonly stimuli_: Event[] = [];
  private readonly timeouts_ = new Timeouts(this);
  private elapsed_ = 0;
  /** The time of day when the simulation began, with what it was stepped by. */
  private wallTime_ = 0;
  private pended_ = false;
  /** Runs of the executor since time moved. */
  private runs_ = 0;
  private isReset_ = false;

  constructor(options: SimOptions<P> = {}) {
    this.seed = options.seed ?? 1;
    this.random_ = random(this.seed);
    this.start_ = options.start ?? 0;
    const board = options.board ?? (generic as unknown as BoardSpec<P>);
    this.board_ = new SimBoard(board, () => this.elapsed_, this.trace);
    const now = (): Instant => ((this.start_ + this.elapsed_) | 0) as Instant;
    // The simulation looks at the timers itself, and needs no alarm.
    const platform = {
      now,
      wallTime: () => this.wallTime_ + this.elapsed_,
      setAlarm: () => undefined,
      pend: () => {
        this.pended_ = true;
      },
    };
    const onFault = (task: string, error: unknown): void => {
      this.faults.push({ task, error, at: this.elapsed_ });
      this.trace.line(this.elapsed_, `task "${task}" ended by an error`);
    };
    this.executor = new Executor(platform, { onFault, onPoll: options.onPoll, patience: 0 });
  }

  /** Milliseconds since the simulation began. */
  get now(): number {
    return this.elapsed_;
  }

  /** The board, to be handed to the program. */
  get board(): Board<P> {
    return this.board_;
  }

  /**
   * Whether the watchdog of the board has begun the program anew. In a simulation that is its end: the trace has a line for it, and
   * nothing happens after it.
   */
  get isReset(): boolean {
    return this.isReset_;
  }

  /** Runs `main` as the program's start: what it spawns belongs to this simulation. */
  start(main: (board: Board<P>) => void): this {
    this.timeouts_.enter();
    this.executor.enter(() => {
      main(this.board);
    });
    return this;
  }

  /** Starts one task. */
  spawn<A extends readonly unknown[], R>(kind: TaskKind<A, R>, ...args: A): TaskId {
    return this.executor.spawn(kind, args);
  }

  /** Drives an input now, or at `at` milliseconds since start. */
  drive(pin: string, level: Level, at = this.elapsed_): this {
    return this.schedule_(at, () => {
      this.board_.drive(pin, level);
    });
  }

  /** As {@link drive}, with a contact that bounces for `within` milliseconds. */
  bounce(pin: string, level: Level, at = this.elapsed_, within = 5): this {
    for (const each of bounceOf(level, at, within, this.random_)) this.drive(pin, each.value, each.at);
    return this;
  }

  /** Sets the engine's time of day now, or at `at`: milliseconds since 1970, which is where a simulation begins. */
  setWallTime(time: number, at = this.elapsed_): this {
    return this.schedule_(at, () => {
      this.wallTime_ = time - this.elapsed_;
    });
  }

  /** Lets everything in `stimuli` happen at its time. */
  play(stimuli: readonly Stimulus[]): this {
    for (const { pin, at, isAnalog, value } of stimuli) {
      if (isAnalog) this.reading(pin, value, at);
      else this.drive(pin, value as Level, at);
    }
    return this;
  }

  /** Sets what an analog pin reads from now, or from `at`, on. */
  reading(pin: string, value: number, at = this.elapsed_): this {
    return this.schedule_(at, () => {
      this.board_.setReading(pin, value);
    });
  }

  /** Lets `span` pass. Jobs of promises run after it; programs with promises want {@link advanceAsync}. */
  advance(span: Ticks): this {
    const turns = this.turns_(span);
    while (turns.next().done !== true);
    return this;
  }

  /** As {@link advance}, for programs with promises: their jobs run in the instant in which they are queued. */
  async advanceAsync(span: Ticks): Promise<this> {
    const turns = this.turns_(span);
    while (turns.next().done !== true) {
      await new Promise<void>((resolve) => setImmediate(resolve));
      this.timeouts_.enter();
    }
    return this;
  }

  /** Lets `span` pass; pauses where the jobs of promises have their turn. */
  private *turns_(span: Ticks): Generator<void, void> {
    const end = this.elapsed_ + span;
    this.timeouts_.enter();
    yield;
    yield* this.moveTo_(this.elapsed_);
    yield* this.settle_(end);
    for (let at = this.next_(); at <= end && !this.pended_; at = this.next_()) {
      yield* this.moveTo_(at);
      yield* this.settle_(end);
    }
    if (end > this.elapsed_) yield* this.moveTo_(end);
    this.timeouts_.leave();
  }

  /** Polls until nothing is ready; what never gets there has time pass, until `end`. */
  private *settle_(end: number): Generator<void, void> {
    while (this.pended_ && !this.isReset_) {
      if (this.runs_ === RUNS_PER_TICK) {
        if (this.elapsed_ >= end) return;
        yield* this.moveTo_(this.elapsed_ + 1);
      }
      this.runs_++;
      this.pended_ = false;
      this.executor.run();
      yield;
    }
  }

  /** Makes it `at`, and lets happen what is due then: stimuli first, then timeouts, then the alarm. */
  private *moveTo_(at: number): Generator<void, void> {
    if (at > this.board_.watchdog.due) this.reset_();
    if (this.isReset_) {
      this.elapsed_ = at;
      return;
    }
    if (at > this.elapsed_) {
      this.elapsed_ = at;
      this.runs_ = 0;
    }
    this.stimulate_();
    while (this.timeouts_.callFirst(this.elapsed_)) yield;
    if (this.nextTimer_() <= this.elapsed_) this.pended_ = true;
  }

  /** The watchdog was not fed in time. */
  private reset_(): void {
    const { due, limit } = this.board_.watchdog;
    this.isReset_ = true;
    this.board_.watchdog.due = Infinity;
    this.trace.line(due, `reset by the watchdog, which was not fed for ${limit} ms`);
  }

  private stimulate_(): void {
    for (
      let next = this.stimuli_[0];
      next !== undefined && next.at <= this.elapsed_;
      next = this.stimuli_[0]
    ) {
      this.stimuli_.shift();
      // As an interrupt of the program's board: what it calls goes by this clock.
      this.executor.enter(next.act);
    }
  }

  /** When something happens next: a stimulus, a timeout or a timer. */
  private next_(): number {
    if (this.isReset_) return Infinity;
    const stimulus = this.stimuli_[0]?.at ?? Infinity;
    return Math.min(stimulus, this.timeouts_.next, this.nextTimer_());
  }

  private nextTimer_(): number {
    const timers = this.executor.timers;
    return timers.isEmpty ? Infinity : this.elapsed_ + ((timers.deadline - this.start_ - this.elapsed_) | 0);
  }

  private schedule_(at: number, act: () => void): this {
    const later = this.stimuli_.findIndex((each) => each.at > at);
    this.stimuli_.splice(later < 0 ? this.stimuli_.length : later, 0, { at, act });
    return this;
  }
}
