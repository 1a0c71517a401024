/** Reads of a variable before its declaration has run. */
export function early(name: string): never {
  throw new ReferenceError("Cannot access '" + name + "' before initialization");
}
