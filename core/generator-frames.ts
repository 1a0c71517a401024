/** Resumes objects of generators, as frames. */
import { GeneratorObject } from "./flow/generator-object.js";
import type { Frame, Strand } from "./scheduler.js";

type Make = (strand: Strand, up: null) => Frame;
type Enter = (frame: Frame, ...args: unknown[]) => Frame;

/** The object of a call of the generator that `make` makes frames of, and `enter` puts `args` into. */
export function generator(make: Make, enter: Enter, args: readonly unknown[]): GeneratorObject<Frame> {
  return new GeneratorObject((strand) => {
    return enter(make(strand as Strand, null), ...args);
  });
}

/** The frame of `object`, which gives its next item to `up`. @throws E119 */
export function resumed(object: GeneratorObject<Frame>, up: Frame, strand: Strand): Frame {
  const frame = object.running_(strand);
  frame.up_ = up;
  return frame;
}
