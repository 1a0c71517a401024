/**
 * Frames that several functions await in turn. A strand is one line of control, so it never needs two frames of one
 * function: there is one, however many functions await it.
 *
 *   main -> configure -> write -> transfer        one frame of each, and one of `transfer` for all three who call it
 *             |            read -> transfer
 *             +-> transfer
 *
 * Only a function that awaits itself has more (recursion.ts): those who are in its cycle ask for it by {@link mate},
 * since it may not be there yet.
 *
 * This is for building: while tasks run, each function knows the frames of those that it awaits.
 */

/** What makes frames of one shape, by `new`. */
interface Shape {
  readonly prototype: { poll_?: unknown; told_?: unknown };
}

/** Shapes of frames that there are. */
export let shapes = 0;

/**
 * `shape`, with the code of its frames. It lies on the prototype: where a poll is about to begin, V8 then knows by the shape
 * of a frame what is called, and puts the code of some there; a field of the frame it would have to call.
 */
export function coded<T extends Shape>(shape: T, poll: unknown, told: unknown): T {
  const { prototype } = shape;
  if (prototype.poll_ === undefined) {
    prototype.poll_ = poll;
    prototype.told_ = told;
    shapes++;
  }
  return shape;
}

type Make<S, F> = (strand: S, up: null) => F;

/** What was, or is being made by `make_`. */
export interface Made<S, F> {
  readonly strand_: S;
  readonly make_: Make<S, F>;
  made_: F | null;
}

/** Of the strand that is being built. */
let all: Made<unknown, unknown>[] = [];

/** Builds the outermost frame of `strand`, and those within by {@link common}. */
export function family<S, F>(strand: S, make: Make<S, F>): F {
  const outer = all;
  all = [];
  const frame = common(strand, make);
  all = outer;
  return frame;
}

/** The frame of the function that `make` builds one of; made when it is first asked for. */
export function common<S, F>(strand: S, make: Make<S, F>): F {
  return mate(strand, make).made_!;
}

/** As {@link common}, where the frame may still be in the making: it is there when tasks run. */
export function mate<S, F>(strand: S, make: Make<S, F>): Made<S, F> {
  for (let i = 0; i < all.length; i++) {
    if (all[i]!.make_ === make && all[i]!.strand_ === strand) return all[i] as Made<S, F>;
  }
  const own: Made<S, F> = { strand_: strand, make_: make, made_: null };
  all.push(own as Made<unknown, unknown>);
  own.made_ = make(strand, null);
  return own;
}

/** A frame of boards that is made when it is first entered, and told to `keep` then: what `make` gives may not be there before. */
export function lately<S, A extends unknown[], R>(
  strand: S,
  make: () => (strand: S) => (...args: A) => R,
  keep: (enter: (...args: A) => R) => void,
): (...args: A) => R {
  return function () {
    const enter = make()(strand);
    keep(enter);
    // eslint-disable-next-line prefer-rest-params, prefer-spread
    return enter.apply(null, arguments as unknown as A);
  };
}
