/**
 * Edges: the part of an input pin that is the same for every provider. The provider reports level changes; tasks
 * that wait for such an edge are completed.
 */
import { DROPS } from "../core/features.js";
import { begin } from "../core/leaf.js";
import { PENDING, complete, type Op } from "../core/op.js";
import { append, makeWaitList, remove } from "../core/sync/wait-list.js";
import type { Future } from "../core/types.js";
import type { InputPin, Level } from "./pin.js";

/** Edges by the level they lead to; 2 is either. */
const EITHER = 2;

/** An {@link InputPin} over a provider's line. */
export class EdgePin implements InputPin {
  /** @internal */ readonly waiters_ = makeWaitList();

  /**
   * `sense` reads the line. `listen` is called before the first wait for an edge, so that a pin that is only read
   * costs no interrupt; the provider calls {@link changed} from then on.
   */
  constructor(
    readonly name: string,
    private readonly sense_: () => Level,
    private listen_: ((pin: EdgePin) => void) | null,
  ) {}

  read(): Level {
    return this.sense_();
  }

  risingEdge(): Future<void> {
    return this.wait_(1);
  }

  fallingEdge(): Future<void> {
    return this.wait_(0);
  }

  anyEdge(): Future<void> {
    return this.wait_(EITHER);
  }

  /** The line went to `level`: for providers. */
  changed(level: Level): void {
    // From the head again after each one: a completion may drop other waiters, the next one among them.
    for (let op = this.first_(level); op !== null; op = this.first_(level)) {
      remove(this.waiters_, op);
      complete(op);
    }
  }

  private first_(level: Level): Op | null {
    let op = this.waiters_.head_;
    while (op !== null && op.at_ !== EITHER && op.at_ !== level) op = op.next_;
    return op;
  }

  private wait_(edge: number): Future<void> {
    const listen = this.listen_;
    if (listen !== null) listen(this);
    this.listen_ = null;
    const op = begin(this, DROPS && dropEdge, null);
    op.at_ = edge;
    append(this.waiters_, op);
    return op as unknown as Future<void>;
  }
}

function dropEdge(op: Op, state: number): void {
  if (state === PENDING) remove((op.source_ as EdgePin).waiters_, op);
}
