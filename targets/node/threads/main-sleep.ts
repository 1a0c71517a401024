/** How the main thread waits for workers without blocking: they wake its event loop through one word. */
import { ASLEEP, type LaneMemory } from "./memory.js";

export class MainSleep {
  private isWaiting_ = false;

  constructor(
    private readonly memory_: LaneMemory,
    private readonly hasAnswers_: () => boolean,
    private readonly woken_: () => void,
  ) {}

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
    if (this.isWaiting_) return true;
    const wait = Atomics.waitAsync(memory.words, word, ASLEEP);
    if (!wait.async) return false;
    this.isWaiting_ = true;
    void wait.value.then(() => {
      this.isWaiting_ = false;
      this.woken_();
    });
    return true;
  }
}
