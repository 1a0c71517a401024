/** Variables that are read before their declaration has run. Programs that cannot do so have nothing of this. */

/** In the place of a value: the declaration has not run. */
export const UNSET = {};

/** `value`, which the variable `name` has. @throws ReferenceError before its declaration */
export function ensured(value: unknown, name: string): unknown {
  if (value === UNSET) throw new ReferenceError("Cannot access '" + name + "' before initialization");
  return value;
}

/** `value`, to be given to the variable `name`, which has `old`. @throws ReferenceError before its declaration */
export function given(value: unknown, old: unknown, name: string): unknown {
  ensured(old, name);
  return value;
}
