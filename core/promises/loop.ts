/** Loops over iterators: what `for (... of ...)` asks at each round, and when it is left. */
import { asyncSourceOf } from "./async-source.js";
import { THROWN } from "./run.js";
import { close, methodOf, requireObject, sourceOf, type Source } from "./source.js";

/** The place of a loop in what it goes over. */
export class Cursor {
  value_: unknown = undefined;
  /** Whether there is an item in hand: only then is there something to close. */
  private isOpen_ = true;

  constructor(private readonly source_: Source) {}

  /** Whether there is a next item. */
  step_(): boolean {
    return this.has_(this.next_());
  }

  /** Asks for the next item: a step, or the promise of one. */
  next_(): unknown {
    this.isOpen_ = false;
    return this.source_.next_.call(this.source_.iterator_);
  }

  /** Whether `given`, the next step, has an item. */
  has_(given: unknown): boolean {
    const step = requireObject(given);
    if (step.done) return false;
    this.value_ = step.value;
    return (this.isOpen_ = true);
  }

  /** The next item, for a pattern; undefined after the last. */
  item_(): unknown {
    return this.isOpen_ && this.step_() ? this.value_ : undefined;
  }

  /** All that are left. */
  rest_(): unknown[] {
    const items: unknown[] = [];
    while (this.isOpen_ && this.step_()) items.push(this.value_);
    return items;
  }

  /** The loop was left, with the completion `how`. */
  close_(how: number): void {
    if (this.isOpen_) close(this.source_, how);
  }

  /** The same for `for await`: whether {@link value_} is then to be awaited. */
  closing_(how: number): boolean {
    if (!this.isOpen_) return false;
    try {
      const method = methodOf(this.source_.iterator_, "return");
      if (method === undefined) return false;
      this.value_ = method.call(this.source_.iterator_);
      return true;
    } catch (error) {
      if (how === THROWN) return false;
      throw error;
    }
  }

  /** What was awaited gave `result`. */
  closed_(how: number, result: unknown): void {
    if (how !== THROWN) requireObject(result);
  }
}

export function iterate(items: unknown): Cursor {
  return new Cursor(sourceOf(items));
}

export function iterateAsync(items: unknown): Cursor {
  return new Cursor(asyncSourceOf(items));
}
