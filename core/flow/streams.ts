/**
 * Streams of items made of others. Where a task goes over one, the compiler puts its parts into the rounds of the loop
 * (compiler/graph/streams.ts), and nothing of this file is in a program. Uncompiled ones run what is here: one item is one
 * call, which asks the source until an item passes all parts.
 */
import { composite, inPlace, type Body, type Call, type Step } from "../dynamic.js";
import { asyncValues, type AsyncSteps, type Receiver } from "../dynamic-generators.js";
import { CLOSED } from "../sync/channel.js";
import type { Group } from "./group.js";
import { FairSelect } from "./races.js";
import { SILENT } from "./silent.js";
import { makeWindow } from "./window.js";

/**
 * What `for await` goes over: a channel, a subscription, an async generator, or what is made of such by {@link map},
 * {@link filter}, {@link take}, {@link window} and {@link merge}.
 */
export interface Stream<T> {
  /** Types only. */
  readonly itemType_?: T;
}

/**
 * What `f` makes of each item of `source`: `for await (const celsius of map(readings, toCelsius))`.
 *
 * It stands in the head of `for await`, behind `yield*`, or as the source of another one. What `f` throws ends the loop, as
 * what its body throws. Cost: a call of `f` for each item; allocates nothing.
 * Cancel: as that of `source`.
 */
export function map<T, R>(source: Stream<T>, f: (item: T) => R): Stream<R> {
  return through(source, { give_: f as Part["give_"], isOver_: no });
}

/** The items of `source` that `test` is true for. Where it stands, cost and cancel: as {@link map}. */
export function filter<T, S extends T>(source: Stream<T>, test: (item: T) => item is S): Stream<S>;
export function filter<T>(source: Stream<T>, test: (item: T) => boolean): Stream<T>;
export function filter(source: Stream<unknown>, test: (item: never) => boolean): Stream<unknown> {
  const give = (item: unknown): unknown => ((test as (item: unknown) => boolean)(item) ? item : NOTHING);
  return through(source, { give_: give, isOver_: no });
}

/** The first `count` items of `source`, of which no more are received. Where it stands, cost and cancel: as {@link map}. */
export function take<T>(source: Stream<T>, count: number): Stream<T> {
  let left = count;
  const give = (item: unknown): unknown => {
    left--;
    return item;
  };
  return through(source, { give_: give, isOver_: () => !(left > 0) });
}

/**
 * The latest `size` items of `source`, oldest first, after each `step` of them; default each `size`, so that none is in two
 * windows. The list is the same each time: copy what shall be kept. Items that fill no window at the end are left out.
 *
 * Where it stands and cancel: as {@link map}. Cost: O(size) for each window; makes one list when the loop begins.
 * @throws E121 unless `size` is a whole number of at least 1, and `step` one up to `size`
 */
export function window<T>(source: Stream<T>, size: number, step?: number): Stream<readonly T[]> {
  const items = makeWindow(size, step);
  const give = (item: unknown): unknown => (items.add_(item) ? items.items_ : NOTHING);
  return through(source, { give_: give, isOver_: no });
}

/**
 * The items of several sources as they come, until all of them are over. Of those that have items, they take turns.
 *
 * Each source is a channel or a subscription, or made of one by {@link map} and the like. Where it stands: as {@link map}.
 * Cost: O(sources) for each item; allocates nothing. Cancel: gives up what it waits for; no item is lost.
 */
export function merge<S extends readonly Stream<unknown>[]>(...sources: S): Stream<ItemOf<S[number]>> {
  return new Merged(sources.map(stageOf)) as Stream<ItemOf<S[number]>>;
}

/** What a stream gives. */
export type ItemOf<S> = S extends Stream<infer T> ? T : never;

/** What an item is that is not given on. */
const NOTHING = {};

/** A part of a stream. */
interface Part {
  readonly give_: (item: unknown) => unknown;
  /** Whether no item follows. */
  readonly isOver_: () => boolean;
}

function no(): boolean {
  return false;
}

function through<T>(source: Stream<unknown>, part: Part): Stream<T> {
  const { base_, parts_ } = stageOf(source);
  return new Stage(base_, parts_.concat(part)) as Stream<T>;
}

function stageOf(source: unknown): Stage {
  return source instanceof Stage ? source : new Stage(source as Receiver, []);
}

/** A source and the parts that its items pass. */
class Stage implements AsyncSteps {
  private steps_: AsyncSteps | null = null;

  constructor(
    readonly base_: Receiver | AsyncSteps,
    readonly parts_: readonly Part[],
  ) {}

  next(): Call {
    const steps = this.steps_ || (this.steps_ = asyncValues(this.base_));
    return { body_: () => advancing(this, steps) };
  }

  return(): Call {
    const steps = this.steps_ || asyncValues(this.base_);
    return { body_: () => closing(steps) };
  }

  get isOver_(): boolean {
    return this.parts_.some((part) => part.isOver_());
  }

  /** What `item` is after all parts, or {@link NOTHING}. */
  give_(item: unknown): unknown {
    return this.parts_.reduce<unknown>(
      (given, part) => (given === NOTHING ? given : part.give_(given)),
      item,
    );
  }
}

const END: Step = { done: true, value: { done: true, value: undefined } };

/** Asks until an item passes. What a part throws is thrown when the source is closed. */
function advancing(stage: Stage, steps: AsyncSteps): Body {
  let isAsked = false;
  let end: (() => Step) | null = null;
  const close = (then: () => Step): Step => {
    end = then;
    return steps.return === undefined ? then() : { done: false, value: steps.return() };
  };
  const ask = (): Step => {
    if (stage.isOver_) return close(() => END);
    isAsked = true;
    return { done: false, value: steps.next() };
  };
  return {
    next: (answer) => {
      if (end !== null) return end();
      if (!isAsked) return ask();
      const step = answer as Step;
      if (step.done === true) return { done: true, value: step };
      let item: unknown;
      try {
        item = stage.give_(step.value);
      } catch (error) {
        return close(() => rethrow(error));
      }
      return item === NOTHING ? ask() : { done: true, value: { done: false, value: item } };
    },
    throw: (error) => (end === null ? rethrow(error) : end()),
    return: (value) => ({ done: true, value }),
  };
}

function closing(steps: AsyncSteps): Body {
  let isAsked = false;
  return {
    next: () => {
      if (isAsked || steps.return === undefined) return END;
      isAsked = true;
      return { done: false, value: steps.return() };
    },
    throw: rethrow,
    return: (value) => ({ done: true, value }),
  };
}

function rethrow(error: unknown): never {
  throw error;
}

/** Several stages over channels. */
class Merged {
  private readonly sources_: Receiver[];
  private open_: number;
  private first_ = 0;
  private latest_ = -1;

  constructor(private readonly stages_: readonly Stage[]) {
    this.sources_ = stages_.map((stage) => stage.base_ as Receiver);
    this.open_ = stages_.length;
    for (let i = 0; i < stages_.length; i++) this.endIfOver_(i);
  }

  next(): Call {
    return { body_: () => this.advancing_() };
  }

  private advancing_(): Body {
    let isAsked = false;
    const ask = (): Step => {
      if (this.latest_ >= 0) this.endIfOver_(this.latest_);
      this.latest_ = -1;
      if (this.open_ === 0) return END;
      isAsked = true;
      return { done: false, value: this.race_() };
    };
    return {
      next: (answer) => {
        if (!isAsked) return ask();
        const { arm, value } = answer as { readonly arm: string; readonly value: unknown };
        if (value === CLOSED) {
          this.end_(Number(arm));
          return ask();
        }
        this.latest_ = Number(arm);
        const item = this.stages_[this.latest_]!.give_(value);
        return item === NOTHING ? ask() : { done: true, value: { done: false, value: item } };
      },
      throw: rethrow,
      return: (value) => ({ done: true, value }),
    };
  }

  private race_(): unknown {
    const arms: Record<string, unknown> = {};
    this.sources_.forEach((source, i) => {
      arms[i] = inPlace(source.receive());
    });
    const made = composite(
      arms,
      (group) => {
        const picked = group.pick_();
        this.first_ = (group as Group & Pick<FairSelect, "first_">).first_;
        return picked;
      },
      FairSelect,
    ) as { readonly group_: Pick<FairSelect, "first_"> };
    made.group_.first_ = this.first_;
    return made;
  }

  private endIfOver_(i: number): void {
    if (this.sources_[i] !== (SILENT as Receiver) && this.stages_[i]!.isOver_) this.end_(i);
  }

  private end_(i: number): void {
    this.sources_[i] = SILENT;
    this.open_--;
  }
}
