/**
 * The workers of a lane: as many as there is work for, between `min` and `max`. One that dies is replaced when there is
 * work; one that cannot even start, three times, makes the lane give up what waits.
 */
import { reasonOf, type Death } from "./failures.js";
import type { Definition, RunDraft } from "./functions.js";
import { LaneWorker } from "./lane-worker.js";
import type { LaneMemory } from "./memory.js";
import type { Order } from "./protocol.js";
import type { WorkerLimits } from "./types.js";

export interface CrewOptions extends WorkerLimits {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly concurrency: number;
  /** Whether it is noted when jobs wait, begin and end. */
  readonly measures: boolean;
  /** All functions so far, for workers that start later. */
  readonly definitions: readonly Definition[];
  readonly warmUp: readonly number[];
  readonly workerData?: unknown;
  /** Runs what code on a worker asks for. */
  readonly runDraft: RunDraft;
}

/** What a crew tells its lane. */
export interface CrewEvents {
  /** A worker takes jobs from now on. */
  ready(): void;
  /** A worker is no more; its words are its own until this returns. */
  died(worker: LaneWorker, death: Death): void;
  /** No worker can start. */
  failed(death: Death): void;
}

/** Starts that may fail one after the other. */
const TRIES = 3;
const PAUSE_MS = 50;

export class Crew {
  /** By number; holes are free. */
  private readonly places_: (LaneWorker | undefined)[];
  private failures_ = 0;
  private isClosed_ = false;
  count = 0;

  constructor(
    private readonly memory_: LaneMemory,
    private readonly options_: CrewOptions,
    private readonly events_: CrewEvents,
  ) {
    this.places_ = new Array<LaneWorker | undefined>(options_.max).fill(undefined);
  }

  /** All workers, those that start too. */
  get workers(): readonly (LaneWorker | undefined)[] {
    return this.places_;
  }

  get readyCount(): number {
    return this.places_.filter((worker) => worker?.isReady === true).length;
  }

  at(number: number): LaneWorker | undefined {
    return this.places_[number];
  }

  /** Whether a worker sleeps for a moment only. */
  get hasNapper(): boolean {
    const { memory_: memory } = this;
    for (const worker of this.places_) {
      if (worker !== undefined && memory.naps(memory.sleeps(worker.number))) return true;
    }
    return false;
  }

  /** Wakes a worker that sleeps; whether there was one. */
  wakeOne(): boolean {
    const { memory_: memory } = this;
    for (const worker of this.places_) {
      if (worker !== undefined && memory.wake(memory.sleeps(worker.number))) return true;
    }
    return false;
  }

  /** Wakes worker `number` if it sleeps, or starts it: there is a job for it alone. */
  rouse(number: number): void {
    if (this.places_[number] === undefined && !this.isClosed_) this.start_(number);
    else this.memory_.wake(this.memory_.sleeps(number));
  }

  /** Starts workers for `waiting` jobs that nobody has taken. */
  grow(waiting: number): void {
    if (this.count === this.options_.max || this.isClosed_) return;
    let starting = 0;
    for (const worker of this.places_) starting += worker === undefined || worker.isReady ? 0 : 1;
    for (; starting < waiting && this.count < this.options_.max; starting++) if (!this.start_()) return;
  }

  /** Starts workers until there are `count`. */
  fill(count: number): void {
    while (this.count < count && !this.isClosed_) if (!this.start_()) return;
  }

  /** Tells all workers. */
  tell(order: Order): void {
    for (const worker of this.places_) worker?.tell(order);
  }

  ready(worker: LaneWorker): void {
    worker.isReady = true;
    this.failures_ = 0;
    this.events_.ready();
  }

  /** Ends all workers; none is started any more. */
  async close(death: Death): Promise<void> {
    this.isClosed_ = true;
    await Promise.all(this.places_.map((worker) => worker?.end(death) ?? Promise.resolve()));
  }

  /** False when Node refuses to start any, by what the author wants of them. */
  private start_(number = this.places_.indexOf(undefined)): boolean {
    const { name, concurrency, measures, definitions, warmUp, workerData: data } = this.options_;
    this.memory_.reset(number);
    const { buffer, workers } = this.memory_;
    const start = { buffer, workers, concurrency, measures, definitions, warmUp, data };
    try {
      this.places_[number] = new LaneWorker(number, `${name} ${number}`, start, this.options_, this.exited_);
      this.count++;
      return true;
    } catch (cause) {
      // Later, when whoever asked for it waits.
      process.nextTick(() => {
        this.giveUp_({ text: reasonOf(cause), cause });
      });
      return false;
    }
  }

  private readonly exited_ = (worker: LaneWorker, death: Death): void => {
    const isStillborn = !worker.isReady && (!worker.isEnding || death.code === "E433");
    this.events_.died(worker, death);
    this.places_[worker.number] = undefined;
    this.count--;
    if (this.isClosed_) return;
    if (isStillborn && ++this.failures_ >= TRIES) this.giveUp_(death);
    else this.replace_(isStillborn);
  };

  private replace_(isLater: boolean): void {
    const refill = (): void => {
      this.fill(this.options_.min);
      this.grow(this.memory_.waiting);
      this.places_.forEach((place, number) => {
        if (place === undefined && this.memory_.pinned(number) > 0) this.rouse(number);
      });
    };
    if (isLater) setTimeout(refill, PAUSE_MS * this.failures_);
    else refill();
  }

  private giveUp_({ text, cause }: Pick<Death, "text" | "cause">): void {
    this.failures_ = 0;
    const reason = cause instanceof Error ? cause.message : text;
    this.events_.failed({ code: "E434", text: `no worker could start: ${reason}`, cause });
  }
}
