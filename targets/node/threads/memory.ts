/**
 * The memory of one lane, which the main thread and the lane's workers share: jobs, the queues in which they wait,
 * and who sleeps. No locks: each word has the writers that are named here.
 *
 *   header      MAIN_SLEEPS                        main sets it, workers clear it: who clears it wakes the main thread
 *               HEAD, TAIL of each queue           workers move the head by compare-and-swap; main alone moves the tail
 *   workers     SLEEPS, ANSWERS, BEATS, PARKS      all but SLEEPS are written by that worker alone
 *   queues      slots of jobs that wait, a ring for each priority, and one for each worker, of jobs that are pinned to it
 *   answers     slots of jobs that are done, a ring for each worker
 *   slots       STATE, KIND, CARRIES, FLAGS, moments, and small arguments or a small result, of each job
 *
 * A job is its slot's STATE. What else is written of it is ordered by that word, and by the tails.
 *
 *   FREE --main--> QUEUED --a worker--> RUNNING --that worker--> RETURNED | THREW --main, once it is read--> FREE
 *                    |                     |
 *                    +--main: aborted--> FREE                CONDEMNED: main ends the worker, which can take no more jobs
 *                                          +--main: aborted--> CONDEMNED --main, once the worker is gone--> FREE
 *
 * A queue may name a slot that is no longer QUEUED, or QUEUED anew: whoever takes a job does so by its STATE, so it is
 * taken once, however often it is named. That is how jobs are queued again that a worker took from the queue and did not
 * come to mark before it died.
 */

import { microseconds } from "./clock.js";

/** Jobs that a lane holds in shared memory; more wait in the main thread. */
export const SLOTS = 512;
export const PRIORITIES = 3;

/** States of a slot; the worker that has it stands above them. */
export const FREE = 0;
export const QUEUED = 1;
export const RUNNING = 2;
export const RETURNED = 3;
export const THREW = 4;
export const CONDEMNED = 5;
const STATES = 0xff;
const WORKER_SHIFT = 8;

/** Where arguments and results are. */
export const INLINE = 0;
/** In a message. */
export const BY_PORT = 1;

/** Flags of a slot. */
export const ABORTED = 1;
/** The job looks at its signal itself. */
export const COOPERATES = 2;

/** States of whoever sleeps. */
const AWAKE = 0;
export const ASLEEP = 1;
/** Asleep while jobs that it began wait for their own events. */
export const LINGERS = 2;
/** Asleep for a moment: it wakes up by itself. */
export const NAPS = 3;
/** The main thread ended a worker that was {@link ASLEEP}: it must not wake up. */
const DISMISSED = 4;

/** An entry in the answers of a worker that is no slot: it is ready to work. */
export const READY = -1;

/** Words that different threads write are a cache line apart. */
const LINE = 16;
const MAIN_SLEEPS = 0;
const QUEUES = LINE;
const HEAD = 0;
const TAIL = LINE;
const PER_QUEUE = 2 * LINE;
const PER_WORKER = 2 * LINE;

/** In the second line of a worker, after ANSWERS, BEATS and PARKS: whether there ever was a job for it alone. */
const HAS_PINNED = 3;

const SLOT_WORDS = 64;
const STATE = 0;
const KIND = 1;
const CARRIES = 2;
const FLAGS = 3;
/** Moments in us, where they are measured: it was queued, it began, it ended. */
export const QUEUED_AT = 4;
export const BEGAN_AT = 5;
export const ENDED_AT = 6;
const SLOT_HEADER = 8;

/** Bytes of arguments or of a result that fit into a slot. */
export const SLOT_BYTES = 4 * (SLOT_WORDS - SLOT_HEADER);

export class LaneMemory {
  private readonly workersAt_: number;
  private readonly queues_: number;
  private readonly answers_: number;
  private readonly slots_: number;
  /** Places of a queue, and of the answers of a worker. */
  private readonly room_: number;
  /**
   * HEAD of each queue as this thread saw it last, then their TAILs: to look at what another thread wrote costs more than
   * all else of a take.
   */
  readonly seen: Int32Array;

  /** For `workers` workers at most; `words` are those that another thread made for as many. */
  constructor(
    readonly workers: number,
    readonly words: Int32Array = new Int32Array(new SharedArrayBuffer(4 * laneWords(workers))),
    slots = SLOTS,
  ) {
    this.room_ = roomFor(slots);
    this.seen = new Int32Array(2 * (PRIORITIES + workers));
    this.workersAt_ = workersAt(workers);
    this.queues_ = this.workersAt_ + workers * PER_WORKER;
    this.answers_ = this.queues_ + (PRIORITIES + workers) * this.room_;
    this.slots_ = this.answers_ + workers * this.room_;
  }

  get buffer(): SharedArrayBuffer {
    return this.words.buffer as SharedArrayBuffer;
  }

  // Sleep: whoever has something for a sleeper calls `wake` after it is published; a sleeper says that it sleeps, and
  // then looks once more before it does.

  /** The word of the main thread's sleep. */
  get mainSleeps(): number {
    return MAIN_SLEEPS;
  }

  /** The word of a worker's sleep. */
  sleeps(worker: number): number {
    return this.workersAt_ + worker * PER_WORKER;
  }

  isAsleep(word: number): boolean {
    return isSleep(Atomics.load(this.words, word));
  }

  naps(word: number): boolean {
    return Atomics.load(this.words, word) === NAPS;
  }

  /** Sleeps as `state`: {@link ASLEEP}, {@link LINGERS} or {@link NAPS}. */
  fallAsleep(word: number, state: number): void {
    Atomics.store(this.words, word, state);
  }

  /** A sleeper wakes up by itself; false when it was {@link dismiss}ed. */
  wakeUp(word: number): boolean {
    for (;;) {
      const state = Atomics.load(this.words, word);
      if (state === DISMISSED) return false;
      if (Atomics.compareExchange(this.words, word, state, AWAKE) === state) return true;
    }
  }

  /** Wakes the sleeper; false when it does not sleep, or another woke it. */
  wake(word: number): boolean {
    const state = Atomics.load(this.words, word);
    if (!isSleep(state)) return false;
    if (Atomics.compareExchange(this.words, word, state, AWAKE) !== state) return false;
    Atomics.notify(this.words, word);
    return true;
  }

  /** Makes a worker that has nothing to do one that takes no more jobs; false when it has. */
  dismiss(worker: number): boolean {
    return Atomics.compareExchange(this.words, this.sleeps(worker), ASLEEP, DISMISSED) === ASLEEP;
  }

  /** Resets the words of a worker that is no more, for the next one in its place. */
  reset(worker: number): void {
    for (let i = 0; i < PER_WORKER; i++) Atomics.store(this.words, this.sleeps(worker) + i, 0);
    if (this.pinned(worker) > 0) Atomics.store(this.words, this.sleeps(worker) + LINE + HAS_PINNED, 1);
  }

  // Queues: by priority, and from PRIORITIES on those of the workers.

  /** Whether the main thread may name a slot more. */
  hasRoom(queue: number): boolean {
    const tail = this.words[QUEUES + queue * PER_QUEUE + TAIL]!;
    const { seen, room_: room } = this;
    if (((tail - seen[queue]!) | 0) >= room) seen[queue] = this.headOf(queue);
    return ((tail - seen[queue]!) | 0) < room;
  }

  /** Names `slot` last in a queue that has room; its ticket, a number of 32 bits. */
  offer(queue: number, slot: number): number {
    const tailAt = QUEUES + queue * PER_QUEUE + TAIL;
    const ticket = this.words[tailAt]!;
    this.words[this.queues_ + queue * this.room_ + (ticket & (this.room_ - 1))] = slot;
    // First, so that whoever sees the job in the queue takes it from there.
    if (queue >= PRIORITIES)
      Atomics.store(this.words, this.sleeps(queue - PRIORITIES) + LINE + HAS_PINNED, 1);
    Atomics.store(this.words, tailAt, (ticket + 1) | 0);
    return ticket;
  }

  /** The ticket that is next: workers took those before it. */
  headOf(queue: number): number {
    return Atomics.load(this.words, QUEUES + queue * PER_QUEUE + HEAD);
  }

  private namesIn_(queue: number): number {
    const tail = Atomics.load(this.words, QUEUES + queue * PER_QUEUE + TAIL);
    return (tail - this.headOf(queue)) | 0;
  }

  /** Names in the queues of all workers together: jobs that wait, at most. */
  get waiting(): number {
    let count = 0;
    for (let i = 0; i < PRIORITIES; i++) count += this.namesIn_(i);
    return count;
  }

  /** Jobs that are pinned to `worker` and wait, at most. */
  pinned(worker: number): number {
    return this.namesIn_(PRIORITIES + worker);
  }

  /** Takes the next job for `worker`, a pinned one or of the most urgent queue that has one; its slot, or -1. */
  take(worker: number): number {
    // Most have none, and this line is the worker's own: whoever sleeps looks at the queue itself.
    if (Atomics.load(this.words, this.sleeps(worker) + LINE + HAS_PINNED) !== 0) {
      const pinned = this.takeFrom_(PRIORITIES + worker, worker);
      if (pinned >= 0) return pinned;
    }
    for (let i = 0; i < PRIORITIES; i++) {
      const slot = this.takeFrom_(i, worker);
      if (slot >= 0) return slot;
    }
    return -1;
  }

  private takeFrom_(queue: number, worker: number): number {
    const { words, seen } = this;
    const headAt = QUEUES + queue * PER_QUEUE + HEAD;
    const tailSeen = PRIORITIES + this.workers + queue;
    for (;;) {
      const head = Atomics.load(words, headAt);
      const known = (seen[tailSeen]! - head) | 0;
      // More than there is room for: seen a round of 32 bits ago.
      if (known <= 0 || known > this.room_) {
        const tail = Atomics.load(words, headAt + TAIL);
        seen[tailSeen] = tail;
        if (head === tail) return -1;
      }
      const slot = words[this.queues_ + queue * this.room_ + (head & (this.room_ - 1))]!;
      if (Atomics.compareExchange(words, headAt, head, (head + 1) | 0) !== head) continue;
      if (this.change(slot, QUEUED, RUNNING | (worker << WORKER_SHIFT))) return slot;
    }
  }

  // Slots.

  private at_(slot: number): number {
    return this.slots_ + slot * SLOT_WORDS;
  }

  /** Byte at which the values of a slot are. */
  bytesAt(slot: number): number {
    return 4 * (this.at_(slot) + SLOT_HEADER);
  }

  /** Publishes a job of `kind` whose arguments are where `carries` says. */
  queue(slot: number, kind: number, carries: number): void {
    const at = this.at_(slot);
    this.words[at + KIND] = kind;
    this.words[at + CARRIES] = carries;
    this.words[at + FLAGS] = 0;
    Atomics.store(this.words, at + STATE, QUEUED);
  }

  /** Changes the state of a slot if it is `from`; whether it was. */
  change(slot: number, from: number, to: number): boolean {
    return Atomics.compareExchange(this.words, this.at_(slot) + STATE, from, to) === from;
  }

  /** The owner of a job ends it; false when it is {@link CONDEMNED}, and its worker with it. */
  finish(slot: number, worker: number, state: number, carries: number): boolean {
    const owner = worker << WORKER_SHIFT;
    this.words[this.at_(slot) + CARRIES] = carries;
    return this.change(slot, RUNNING | owner, state | owner);
  }

  /** Of a job that nobody else has any more. */
  free(slot: number): void {
    Atomics.store(this.words, this.at_(slot) + STATE, FREE);
  }

  /** The state of a slot that was answered. */
  outcomeOf(slot: number): number {
    return this.words[this.at_(slot) + STATE]! & STATES;
  }

  stateOf(slot: number): number {
    return Atomics.load(this.words, this.at_(slot) + STATE) & STATES;
  }

  /** The worker that took the job; meaningless for one that waits. */
  workerOf(slot: number): number {
    return Atomics.load(this.words, this.at_(slot) + STATE) >> WORKER_SHIFT;
  }

  /** Condemns a job that `worker` runs; whether it still ran. */
  condemn(slot: number, worker: number): boolean {
    const owner = worker << WORKER_SHIFT;
    return this.change(slot, RUNNING | owner, CONDEMNED | owner);
  }

  /** Notes when something became of a job: {@link QUEUED_AT} and the like. */
  stamp(slot: number, what: number): void {
    this.words[this.at_(slot) + what] = microseconds();
  }

  momentOf(slot: number, what: number): number {
    return this.words[this.at_(slot) + what]!;
  }

  kindOf(slot: number): number {
    return this.words[this.at_(slot) + KIND]!;
  }

  carries(slot: number): number {
    return this.words[this.at_(slot) + CARRIES]!;
  }

  flags(slot: number): number {
    return Atomics.load(this.words, this.at_(slot) + FLAGS);
  }

  addFlag(slot: number, flag: number): void {
    Atomics.or(this.words, this.at_(slot) + FLAGS, flag);
  }

  // Answers.

  /** Tells the main thread, which must be woken, of what `worker` has done. */
  answer(worker: number, slot: number): void {
    const tailAt = this.sleeps(worker) + LINE;
    const tail = this.words[tailAt]!;
    this.words[this.answers_ + worker * this.room_ + (tail & (this.room_ - 1))] = slot;
    Atomics.store(this.words, tailAt, (tail + 1) | 0);
  }

  /** Answers that `worker` has given so far. */
  answered(worker: number): number {
    return Atomics.load(this.words, this.sleeps(worker) + LINE);
  }

  /** Its answer of number `index`. */
  answerAt(worker: number, index: number): number {
    return this.words[this.answers_ + worker * this.room_ + (index & (this.room_ - 1))]!;
  }

  /** A worker shows that it goes on. */
  beat(worker: number): void {
    const at = this.sleeps(worker) + LINE + 1;
    this.words[at] = (this.words[at]! + 1) | 0;
  }

  /** Its event loop has nothing to do. */
  park(worker: number): void {
    const at = this.sleeps(worker) + LINE + 2;
    this.words[at] = (this.words[at]! + 1) | 0;
  }

  parks(worker: number): number {
    return Atomics.load(this.words, this.sleeps(worker) + LINE + 2);
  }

  beats(worker: number): number {
    return Atomics.load(this.words, this.sleeps(worker) + LINE + 1);
  }
}

function isSleep(state: number): boolean {
  return state !== AWAKE && state !== DISMISSED;
}

/** Twice the slots: a slot may be named twice, and a worker has an answer that is of none. */
function roomFor(slots: number): number {
  return 2 * slots;
}

function workersAt(workers: number): number {
  return QUEUES + (PRIORITIES + workers) * PER_QUEUE;
}

/** Words of a lane. */
export function laneWords(workers: number, slots = SLOTS): number {
  const rings = PRIORITIES + 2 * workers;
  return workersAt(workers) + workers * PER_WORKER + rings * roomFor(slots) + slots * SLOT_WORDS;
}
