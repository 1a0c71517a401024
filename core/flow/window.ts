import { checked } from "../sync/count.js";

/**
 * The latest items of a stream, oldest first, in one list.
 *
 *   size 4, step 2:   [a b c d]  ->  [c d e f]  ->  [e f g h]
 */
export class Window {
  /** Whole whenever {@link add_} says so. */
  readonly items_: unknown[];
  private count_ = 0;

  constructor(
    private readonly size_: number,
    private readonly step_: number,
  ) {
    this.items_ = new Array<unknown>(size_);
  }

  /** Puts `item` last; whether a window is whole now. */
  add_(item: unknown): boolean {
    const { items_: items, size_: size, step_: step } = this;
    if (this.count_ === size) {
      for (let i = step; i < size; i++) items[i - step] = items[i];
      this.count_ -= step;
    }
    items[this.count_++] = item;
    return this.count_ === size;
  }
}

/** @throws E121 unless `size` is a whole number of at least 1, and `step` one up to `size` */
export function makeWindow(size: number, step = size): Window {
  return new Window(checked(size, "window", "size"), checked(step, "window", "step", size));
}
