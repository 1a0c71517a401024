/** Jobs that wait in the main thread, since shared memory is full: first in, first out, in each queue. */
import { SETTLED, type Job } from "./job.js";

export class Backlog {
  private readonly queues_: readonly Fifo[];

  constructor(queues: number) {
    this.queues_ = Array.from({ length: queues }, () => new Fifo());
  }

  add(job: Job): void {
    this.queues_[job.queue]?.add(job);
  }

  hasAny(queue: number): boolean {
    return this.queues_[queue]?.first() !== undefined;
  }

  /** The next job for which `fits` says that its queue has room. Those that were given up are dropped. */
  take(fits: (queue: number) => boolean): Job | undefined {
    const found = this.queues_.find((fifo, queue) => fifo.first() !== undefined && fits(queue));
    return found?.take();
  }

  /** Takes all. */
  clear(): Job[] {
    const all: Job[] = [];
    for (let job = this.take(() => true); job !== undefined; job = this.take(() => true)) all.push(job);
    return all;
  }
}

class Fifo {
  private items_: (Job | undefined)[] = [];
  private head_ = 0;

  add(job: Job): void {
    this.items_.push(job);
  }

  first(): Job | undefined {
    while (this.items_[this.head_]?.state_ === SETTLED) this.take();
    return this.items_[this.head_];
  }

  take(): Job | undefined {
    const job = this.items_[this.head_];
    this.items_[this.head_] = undefined;
    this.head_++;
    if (this.head_ > 1024 && 2 * this.head_ > this.items_.length) {
      this.items_ = this.items_.slice(this.head_);
      this.head_ = 0;
    }
    return job;
  }
}
