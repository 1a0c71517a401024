/**
 * What polls answer, and how strands go on. A file without imports: only of such does the bundler put the numbers
 * themselves into the code, where V8 would read a variable for each, at each switch.
 */

/**
 * A poll's answers: the strand waits; its innermost frame changed, go on there; it lets others run, and is ready
 * again. Of a strand also: it is over.
 */
export const SUSPENDED = 0;
export const GO_ON = 1;
export const YIELDED = 2;
export const OVER = 3;

/** How control reaches a handler, and how a strand ends. */
export const RETURNED = 0;
export const THROWN = 1;
export const CANCEL = 3;
