/** Groups of which one arm wins, as in a `select`, but that give or choose otherwise. */
import type { Strand } from "../scheduler.js";
import { Group, armsOf } from "./group.js";

/** The storage of a `race`: it gives the winner's value alone. */
export class Race extends Group {
  override pick_(): unknown {
    return this.take_(this.arms_.indexOf(this.winner_!));
  }
}

/**
 * The storage of a `fairSelect`. It goes round its arms from the one behind the last winner: of `n` arms, one that is ready
 * each time wins at least each n-th.
 */
export class FairSelect extends Group {
  /** The arm whose turn it is. */
  first_ = 0;

  override pick_(): unknown {
    this.first_ = this.arms_.indexOf(this.winner_!) + 1;
    return super.pick_();
  }

  override watch_(i: number): void {
    super.watch_(this.turn_(i));
  }

  protected override pollArm_(i: number, begins: boolean): void {
    super.pollArm_(this.turn_(i), begins);
  }

  /** The arm whose turn it is as the `i`th. */
  private turn_(i: number): number {
    return (this.first_ + i) % this.arms_.length;
  }
}

/** As `makeGroup`, for a `race`. */
export function makeRace(owner: Strand, names: readonly string[], kinds: readonly number[]): Group {
  return new Race(owner, names, kinds, armsOf(owner, names.length));
}

/** As `makeGroup`, for a `fairSelect`. */
export function makeFair(owner: Strand, names: readonly string[], kinds: readonly number[]): Group {
  return new FairSelect(owner, names, kinds, armsOf(owner, names.length));
}
