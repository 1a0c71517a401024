/** Analog inputs over a provider's converter. */
import { begin } from "../core/leaf.js";
import { complete, keep } from "../core/op.js";
import type { Future } from "../core/types.js";
import type { AnalogPin } from "./pin.js";

/** An {@link AnalogPin} whose conversions end at once, as those of all engines so far do. */
export class DirectAnalogPin implements AnalogPin {
  constructor(
    readonly name: string,
    readonly resolution: number,
    private readonly convert_: () => number,
  ) {}

  read(): Future<number> {
    const op = begin(this, keep, null);
    complete(op, this.convert_());
    return op as unknown as Future<number>;
  }
}
