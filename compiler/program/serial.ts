/** Numbers that stand for objects, for as long as those live. */
const serials = new WeakMap<object, number>();
let count = 0;

/** That of `object`. */
export function serial(object: object): number {
  const known = serials.get(object) ?? ++count;
  serials.set(object, known);
  return known;
}
