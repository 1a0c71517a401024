/**
 * How the main thread waits for workers without blocking: they wake its event loop through one word.
 *
 *   look -- there were answers, or the last sleep was short --> look, in the next turn of the event loop
 *     ^ `-- there were none --> sleep ----+
 *     +------ woken, or a job came -------+
 *
 * To be woken costs both threads more than some turns of the event loop. So after a sleep that was over at once, it looks
 * on for some turns before the next one. While it looks, nobody needs to wake it.
 */
import { ASLEEP, type LaneMemory } from "./memory.js";

/** A sleep of so few milliseconds costs more than it saves. */
const SHORT = 0.1;
const TURNS = 64;

/** Whoever waits for workers. */
export interface Waiting {
  /** Whether jobs are under way. */
  isWaiting(): boolean;
  hasAnswers(): boolean;
  /** Reads what workers answered, and goes on with it; whether there was anything. */
  collect(): boolean;
  /** Gets a worker for what waits: one wake is enough for all jobs that came of what was read. */
  rouse(): void;
}

export class MainSleep {
  private isLooking_ = false;
  private isAsleep_ = false;
  private isEnded_ = false;
  private since_ = 0;
  private wasShort_ = false;
  private turns_ = 0;

  constructor(
    private readonly memory_: LaneMemory,
    private readonly lane_: Waiting,
  ) {}

  /** Looks when what runs now is over. */
  lookSoon(): void {
    if (this.isLooking_) return;
    this.isLooking_ = true;
    process.nextTick(this.look_);
  }

  private lookNextTurn_(): void {
    this.isLooking_ = true;
    setImmediate(this.look_);
  }

  private readonly look_ = (): void => {
    const { lane_: lane } = this;
    this.isLooking_ = false;
    if (lane.collect()) {
      this.turns_ = 0;
      // After what the answers caused: callbacks of promises.
      this.lookNextTurn_();
      return;
    }
    lane.rouse();
    if (lane.isWaiting() && this.looksOn_()) this.lookNextTurn_();
    else if (!this.sleep_()) this.lookSoon();
  };

  private looksOn_(): boolean {
    return this.wasShort_ && this.turns_++ < TURNS;
  }

  /** Asks to be woken; false when something has come meanwhile. */
  private sleep_(): boolean {
    const { memory_: memory } = this;
    const word = memory.mainSleeps;
    memory.fallAsleep(word, ASLEEP);
    if (this.lane_.hasAnswers()) {
      memory.wakeUp(word);
      return false;
    }
    // One waiter at a time: it is of the word, whatever happened since.
    if (this.isAsleep_ || this.isEnded_) return true;
    const wait = Atomics.waitAsync(memory.words, word, ASLEEP);
    if (!wait.async) return false;
    this.isAsleep_ = true;
    this.since_ = performance.now();
    void wait.value.then(this.woken_);
    return true;
  }

  private readonly woken_ = (): void => {
    this.isAsleep_ = false;
    if (this.isEnded_) return;
    this.wasShort_ = performance.now() - this.since_ < SHORT;
    this.look_();
  };

  /** Sleeps no more. The engine keeps the memory of who waits, for good, unless somebody wakes it. */
  end(): void {
    this.isEnded_ = true;
    Atomics.notify(this.memory_.words, this.memory_.mainSleeps);
  }
}
