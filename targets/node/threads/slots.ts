/** The jobs that are in shared memory, by slot. */
import { QUEUED as IN_SLOT, type Job } from "./job.js";
import * as shared from "./memory.js";
import { Packing } from "./packing.js";

export class Slots {
  private readonly packing_: Packing;
  private readonly jobs_: (Job | undefined)[] = [];
  private readonly free_: number[] = [];

  constructor(
    private readonly memory_: shared.LaneMemory,
    private readonly measures_: boolean,
  ) {
    this.packing_ = new Packing(memory_.buffer);
    for (let slot = shared.SLOTS - 1; slot >= 0; slot--) this.free_.push(slot);
  }

  get hasFree(): boolean {
    return this.free_.length > 0;
  }

  at(slot: number): Job | undefined {
    return this.jobs_[slot];
  }

  /** Puts a job into a free slot, and names it in its queue, which has room. */
  queue(job: Job): void {
    const { memory_: memory } = this;
    const slot = this.free_.pop() ?? 0;
    this.jobs_[slot] = job;
    job.state_ = IN_SLOT;
    job.slot_ = slot;
    job.isSent_ =
      job.options.transfer === undefined &&
      this.packing_.packList(memory.bytesAt(slot), shared.SLOT_BYTES, job.args);
    memory.queue(slot, job.definition.id, job.isSent_ ? shared.INLINE : shared.BY_PORT);
    if (this.measures_) memory.stamp(slot, shared.QUEUED_AT);
    job.ticket_ = memory.offer(job.queue, slot);
  }

  /** The small result in a slot. */
  result(slot: number): unknown {
    return this.packing_.unpack(this.memory_.bytesAt(slot));
  }

  release(slot: number): void {
    this.jobs_[slot] = undefined;
    this.memory_.free(slot);
    this.free_.push(slot);
  }

  /** Takes back a job that waits; false when a worker has it. */
  takeBack(slot: number): boolean {
    if (!this.memory_.change(slot, shared.QUEUED, shared.FREE)) return false;
    this.release(slot);
    return true;
  }

  /** Takes back all that wait. */
  takeAllBack(): Job[] {
    return this.jobs_.filter((job): job is Job => job !== undefined && this.takeBack(job.slot_));
  }

  /** Frees the slots of a worker that is no more; the jobs that it had not ended. Those that it lost wait again. */
  leftBy(worker: number): Job[] {
    const left: Job[] = [];
    for (const job of this.jobs_) {
      if (job === undefined) continue;
      if (this.memory_.stateOf(job.slot_) === shared.QUEUED) this.queueAgain_(job);
      else if (this.memory_.workerOf(job.slot_) === worker) left.push(job);
    }
    for (const job of left) this.release(job.slot_);
    return left;
  }

  /** A worker may have taken a job's name from the queue, and died before it took the job. */
  private queueAgain_(job: Job): void {
    const { memory_: memory } = this;
    const isNamed = ((memory.headOf(job.queue) - job.ticket_) | 0) <= 0;
    if (!isNamed && memory.hasRoom(job.queue)) job.ticket_ = memory.offer(job.queue, job.slot_);
  }

  /** The longest of what `limitOf` says of the jobs that a worker runs; 0 when there are none. */
  longest(worker: number, limitOf: (job: Job) => number): number {
    const { memory_: memory } = this;
    let limit = 0;
    for (const job of this.jobs_) {
      if (job === undefined || memory.workerOf(job.slot_) !== worker) continue;
      if (memory.stateOf(job.slot_) === shared.RUNNING) limit = Math.max(limit, limitOf(job));
    }
    return limit;
  }
}
