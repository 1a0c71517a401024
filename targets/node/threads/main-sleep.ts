/**
 * How the main thread waits for workers without blocking: they wake its event loop through one word.
 *
 * To be woken costs both threads more than some turns of the event loop. So after a sleep that was over at once, it looks
 * on for some turns before the next one.
 */
import { ASLEEP, type LaneMemory } from "./memory.js";

/** A sleep of so few milliseconds costs more than it saves. */
const SHORT = 0.1;
const TURNS = 64;

export class MainSleep {
  private isWaiting_ = false;
  private isEnded_ = false;
  private since_ = 0;
  private wasShort_ = false;
  private turns_ = 0;

  constructor(
    private readonly memory_: LaneMemory,
    private readonly hasAnswers_: () => boolean,
    private readonly woken_: () => void,
  ) {}

  /** Whether to look once more, in the next turn of the event loop, before it sleeps. */
  looksOn(): boolean {
    return this.wasShort_ && this.turns_++ < TURNS;
  }

  /** There was something to do. */
  found(): void {
    this.turns_ = 0;
  }

  /** Asks to be woken; false when something has come meanwhile. */
  begin(): boolean {
    const { memory_: memory } = this;
    const word = memory.mainSleeps;
    memory.fallAsleep(word, ASLEEP);
    if (this.hasAnswers_()) {
      memory.wakeUp(word);
      return false;
    }
    // One waiter at a time: it is of the word, whatever happened since.
    if (this.isWaiting_ || this.isEnded_) return true;
    const wait = Atomics.waitAsync(memory.words, word, ASLEEP);
    if (!wait.async) return false;
    this.isWaiting_ = true;
    this.since_ = performance.now();
    void wait.value.then(() => {
      this.isWaiting_ = false;
      if (this.isEnded_) return;
      this.wasShort_ = performance.now() - this.since_ < SHORT;
      this.woken_();
    });
    return true;
  }

  /** Sleeps no more. The engine keeps the memory of who waits, for good, unless somebody wakes it. */
  end(): void {
    this.isEnded_ = true;
    Atomics.notify(this.memory_.words, this.memory_.mainSleeps);
  }
}
