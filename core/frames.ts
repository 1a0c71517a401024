/**
 * Frames that several functions await in turn. A strand is one line of control, so it never needs two frames of one
 * function: there is one, however many functions await it.
 *
 *   main -> configure -> write -> transfer        one frame of each, and one of `transfer` for all three who call it
 *             |            read -> transfer
 *             +-> transfer
 *
 * This is for building: while tasks run, each function knows the frames of those that it awaits.
 */
type Make<S, F> = (strand: S, up: null) => F;

/** What was made for the strand that is being built: makers, each followed by its frame. */
let made: unknown[] = [];

/** Builds the outermost frame of `strand`, and those within by {@link common}. */
export function family<S, F>(strand: S, make: Make<S, F>): F {
  const outer = made;
  made = [];
  const frame = make(strand, null);
  made = outer;
  return frame;
}

/** The frame of the function that `make` builds one of; made when it is first asked for. */
export function common<S, F>(strand: S, make: Make<S, F>): F {
  const at = made.indexOf(make);
  if (at >= 0) return made[at + 1] as F;
  const frame = make(strand, null);
  made.push(make, frame);
  return frame;
}
