/** What async generators give to the loops that go over them. Programs without one have nothing of this. */

/** In the place of an item: the generator is over, and returned `value_`. */
export const ENDED: { value_: unknown } = { value_: undefined };

/** Notes what a generator returned, for the `yield*` that resumed it. */
export function ended(value: unknown): typeof ENDED {
  ENDED.value_ = value;
  return ENDED;
}
