/** Resumes objects of generators, as functions of boards. */
import { GeneratorObject } from "../flow/generator-object.js";
import type { State, Strand } from "./strand.js";

type Enter = (back: State | 0, ...args: unknown[]) => State;
type Make = (strand: Strand) => Enter;

/** The object of a call of the generator that `make` makes, with `args`. */
export function generator(make: Make, args: readonly unknown[]): GeneratorObject<Enter> {
  return new GeneratorObject((strand) => {
    const enter = make(strand as Strand);
    enter(0, ...args);
    return enter;
  });
}

/** Where `object` goes on, to give its next item to the state `back`. @throws E119 */
export function resumed(object: GeneratorObject<Enter>, back: State, strand: Strand): State {
  return object.running_(strand)(back);
}
