/**
 * Levels of priority: which one has the next turn. They are numbered from 0, the lowest that the program has, without
 * gaps. As with core's policy of priorities the highest goes first, and one that was passed over so many times before it.
 */
import { kinds } from "../../../../core/kinds.js";
import { NONE } from "../lock-free/deque.js";

const PATIENCE = 32;

/** The level of the task in each slot. */
export function levelsOfSlots(): { readonly levels: number; readonly levelOf: Uint8Array } {
  const known = [...new Set(sharedKinds().map(({ priority }) => priority))].sort((a, b) => a - b);
  const levelOf = new Uint8Array(kinds.reduce((sum, { pool }) => sum + pool, 0));
  for (const { priority, firstSlot_: first, pool } of sharedKinds())
    levelOf.fill(known.indexOf(priority), first, first + pool);
  return { levels: Math.max(known.length, 1), levelOf };
}

function sharedKinds(): typeof kinds {
  return kinds.filter((kind) => kind.words_ > 0);
}

/** The next item of `owner`, where `take` takes one of a level, or {@link NONE}; `passed` counts for each level. */
export function takeByLevel<T>(
  owner: T,
  passed: Int32Array,
  take: (owner: T, level: number) => number,
): number {
  const highest = passed.length - 1;
  for (let level = 0; level < highest; level++) {
    if (passed[level]! < PATIENCE) continue;
    passed[level] = 0;
    const item = take(owner, level);
    if (item !== NONE) return item;
  }
  for (let level = highest; level >= 0; level--) {
    const item = take(owner, level);
    if (item === NONE) continue;
    for (let below = 0; below < level; below++) passed[below]!++;
    passed[level] = 0;
    return item;
  }
  return NONE;
}

/** Tasks that one thread keeps for itself, the oldest of a level first. */
export class LocalQueues {
  private readonly rings_: readonly Int32Array[];
  private readonly heads_: Int32Array;
  private readonly tails_: Int32Array;
  private readonly passed_: Int32Array;

  /** For as many as there are slots, twice. */
  constructor(levels: number, slots: number) {
    const capacity = 1 << (32 - Math.clz32(2 * slots));
    this.rings_ = Array.from({ length: levels }, () => new Int32Array(capacity));
    [this.heads_, this.tails_, this.passed_] = [0, 0, 0].map(() => new Int32Array(levels)) as [
      Int32Array,
      Int32Array,
      Int32Array,
    ];
  }

  get isEmpty(): boolean {
    return this.heads_.every((head, level) => head === this.tails_[level]);
  }

  add(level: number, slot: number): void {
    const ring = this.rings_[level]!;
    ring[this.tails_[level]!++ & (ring.length - 1)] = slot;
  }

  /** The next one, or {@link NONE}. */
  take(): number {
    return this.rings_.length === 1 ? takeAt(this, 0) : takeByLevel(this, this.passed_, takeAt);
  }

  /** @internal */ takeAt_(level: number): number {
    if (this.heads_[level] === this.tails_[level]) return NONE;
    const ring = this.rings_[level]!;
    return ring[this.heads_[level]!++ & (ring.length - 1)]!;
  }
}

function takeAt(queues: LocalQueues, level: number): number {
  return queues.takeAt_(level);
}
