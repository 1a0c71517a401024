/**
 * What tasks ended with where words cannot say it: objects, texts, errors. The thread on which one ended has the value itself,
 * others have a copy.
 *
 *   runner   keeps it and posts it to all workers; after that the words say that the task is over (ends.ts)
 *   joiner   is told, or finds the task over: by then the copy is there to be read
 *
 * A value is kept until the slot has the next one, so that whoever joins late may find it.
 */
import { CANCEL as BY_CANCEL, RETURNED, THROWN } from "../../../../core/answers.js";
import type { Strand } from "../../../../core/scheduler.js";
import * as states from "../../../../core/state.js";
import { describe, reasonOf, revive } from "../failures.js";
import type { Parcel } from "../parcel.js";
import { coded } from "../../tool-errors.js";
import * as ends from "./ends.js";
import { lostError } from "./task-errors.js";
import type { TaskTable } from "./table.js";

/** The end of a task by a throw, or with a result that words cannot hold. */
export interface End {
  readonly name: string;
  readonly slot: number;
  readonly generation: number;
  readonly isThrown: boolean;
  readonly value: unknown;
}

/** One on its way to other workers. */
type Copy = Pick<End, "name" | "slot" | "generation"> & Parcel;

/** Posts with what a task ended, in a form that can be posted; or an error that says why there is none. */
export function postEnd({ name, isThrown, value }: End, post: (parcel: Parcel) => void): void {
  try {
    post(isThrown ? { failure: describe(value) } : { value });
  } catch (error) {
    const text = `what it returned cannot be copied to another thread: ${reasonOf(error)}. Return plain data`;
    post({ failure: describe(coded("E408", name, text)) });
  }
}

/** From each worker to all others. */
export interface Channel<T> {
  post(message: T): void;
  /** What came next and nobody was told of. */
  next(): T | undefined;
}

export class Outcomes {
  private readonly kept_ = new Map<number, End>();
  private readonly channel_: Channel<Copy> | null;

  /** `open` gives the channel of the workers, which tells of copies that come; null for a worker that is alone. */
  constructor(open: ((receive: (copy: Copy) => void) => Channel<Copy>) | null) {
    this.channel_ = open?.(this.receive_) ?? null;
  }

  /** A task of this thread is about to be over. */
  keep(end: End): void {
    this.kept_.set(end.slot, end);
  }

  /** For those who join it on other workers. Cost: a message to each. */
  post(end: End): void {
    const { channel_: channel } = this;
    if (channel === null) return;
    const { name, slot, generation } = end;
    postEnd(end, (parcel) => {
      channel.post({ name, slot, generation, ...parcel } satisfies Copy);
    });
  }

  /** The task `name` in `slot` is over: makes the strand of that slot what it would be if it had ended here. */
  tell(name: string, strand: Strand, table: TaskTable, slot: number): void {
    const how = ends.howOf(table, slot);
    if (how === ends.CANCELLED) setEnd(strand, BY_CANCEL, states.CANCELLED, undefined);
    else if (how === ends.DONE && !ends.isElsewhere(table, slot))
      setEnd(strand, RETURNED, states.DONE, ends.resultOf(table, slot));
    else {
      const { isThrown, value } = this.find_(name, table, slot, how);
      if (isThrown) setEnd(strand, THROWN, states.FAULTED, value);
      else setEnd(strand, RETURNED, states.DONE, value);
    }
  }

  private find_(name: string, table: TaskTable, slot: number, how: number): Pick<End, "isThrown" | "value"> {
    if (how === ends.LOST) return { isThrown: true, value: lostError(name) };
    const generation = ends.generationIn(table, slot);
    if (this.kept_.get(slot)?.generation !== generation) this.collect_();
    const kept = this.kept_.get(slot);
    if (kept?.generation === generation) return kept;
    const what = how === ends.FAULTED ? "threw an error" : "returned what is no number or boolean";
    const text = `${what} on another thread, for the main thread alone, which had spawned it`;
    return { isThrown: true, value: coded("E408", name, text) };
  }

  /** Reads what was posted, without waiting for the event loop. */
  private collect_(): void {
    for (let copy = this.channel_?.next(); copy !== undefined; copy = this.channel_?.next())
      this.receive_(copy);
  }

  private readonly receive_ = ({ name, slot, generation, ...parcel }: Copy): void => {
    const isThrown = "failure" in parcel;
    const value = isThrown ? revive(parcel.failure) : parcel.value;
    this.keep({ name, slot, generation, isThrown, value });
  };
}

function setEnd(strand: Strand, how: number, life: number, value: unknown): void {
  strand.how_ = how;
  strand.life_ = life;
  strand.value_ = value;
}
