/** The check between a program's pin names and a board's lines, the same for every provider. */
import { DEV } from "../core/dev.js";
import { fail } from "../core/errors.js";
import type { PinFunction, PinSpec, PinTable } from "./board.js";

/** Hands out the lines of one board, each once. */
export class Lines {
  private readonly taken_: { [name: string]: true | undefined } = {};

  constructor(
    private readonly board_: string,
    private readonly pins_: PinTable,
  ) {}

  /**
   * The engine's line for `pin`, which is in use from now on.
   *
   * @throws E301 unknown name, E302 it cannot do that, E303 in use
   */
  claim(pin: string, use: PinFunction): string | number {
    const spec = this.require(pin, use);
    if (this.taken_[pin] === true) {
      return fail(
        "E303",
        pin,
        DEV && "is in use already. Open each pin once and pass it to those who share it",
      );
    }
    this.taken_[pin] = true;
    return spec.line;
  }

  /**
   * What the board says of `pin`, in use or not.
   *
   * @throws E301 unknown name, E302 it cannot do that
   */
  require(pin: string, use: PinFunction): PinSpec {
    const spec = this.pins_[pin];
    if (spec === undefined) {
      return fail("E301", pin, DEV && "board " + this.board_ + " has no such pin. It has " + this.names_());
    }
    if (spec.can.indexOf(use) < 0) {
      const can = this.board_ + " can use it as " + spec.can.join(", ") + ", not as " + use;
      return fail("E302", pin, DEV && can + ". Those that can: " + this.names_(use));
    }
    return spec;
  }

  /** Whether the line of `pin` can report edges. */
  hasEdges(pin: string): boolean {
    return this.can_(pin, "interrupt");
  }

  /** @throws E304 when the line of `pin` cannot report edges */
  requireEdges(pin: string): void {
    if (this.hasEdges(pin)) return;
    fail(
      "E304",
      pin,
      DEV && "has no interrupt on " + this.board_ + ". Those that have: " + this.names_("interrupt"),
    );
  }

  private names_(use?: PinFunction): string {
    const names: string[] = [];
    for (const name of Object.keys(this.pins_)) {
      if (use === undefined || this.can_(name, use)) names.push(name);
    }
    return names.join(", ");
  }

  private can_(pin: string, use: PinFunction): boolean {
    const spec = this.pins_[pin];
    return spec !== undefined && spec.can.indexOf(use) >= 0;
  }
}
