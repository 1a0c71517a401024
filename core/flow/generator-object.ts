/**
 * Objects of compiled async generators: those that are no part of the loop that goes over them, since they are kept, passed
 * on, or taken from others. Each has a frame of its own, made on the strand that asks for its first item.
 *
 *   new --asked--> running --item--> open --asked--> running      over: ended, threw, was closed, or is running
 *
 * Cost: one frame for each. Programs without one have nothing of this.
 */
import { asyncItems } from "../async-items.js";
import { DEV } from "../dev.js";
import { fail } from "../errors.js";
import { ENDED } from "./generators.js";

/** See the head of this file. */
export class GeneratorObject<F> {
  private frame_: F | null = null;
  private strand_: unknown = null;
  isOver_ = false;

  /** `begin_` makes a frame, with the arguments in it. */
  constructor(private readonly begin_: (strand: unknown) => F) {}

  /** Its frame, to be resumed by `strand`: it counts as over until an item comes. @throws E119 */
  running_(strand: unknown): F {
    if (this.frame_ === null) {
      this.strand_ = strand;
      this.frame_ = this.begin_(strand);
    } else if (this.strand_ !== strand) {
      const text = "another task, or another arm, has begun to go over it. Make one for each";
      fail("E119", "generator", DEV && text);
    }
    this.isOver_ = true;
    return this.frame_;
  }

  /** Notes what its frame gave. @returns whether that was its end */
  ends_(value: unknown): boolean {
    return (this.isOver_ = value === ENDED);
  }

  /** What its frame gave, as a step of an iterator. */
  step_(value: unknown): { value: unknown; done: boolean } {
    const done = this.ends_(value);
    return { value: done ? ENDED.value_ : value, done };
  }

  /** Whether nothing has to be cleaned up when it is left: it is over, or never began, and never will. */
  isIdle_(): boolean {
    if (this.frame_ === null) this.isOver_ = true;
    return this.isOver_;
  }
}

/** What a loop over `source` asks for items. @throws TypeError when it gives none */
export function itemsOf(source: unknown): unknown {
  return source instanceof GeneratorObject ? source : asyncItems(source as never);
}
