/** What compiler/uncompiled.ts marks in uncompiled programs, since values alone do not tell it. Only build tools use it. */
import type { Composite } from "./dynamic.js";
import type { Group } from "./flow/group.js";
import type { FairSelect } from "./flow/races.js";
import * as scheduler from "./scheduler.js";

/** What a `return` gives where a scope is closed by it: tasks wait for it before, other code does not. */
interface Returned {
  readonly returned_: unknown;
}

export function returned(value: unknown): Returned {
  return { returned_: value };
}

export function isReturned(value: unknown): value is Returned {
  return typeof value === "object" && value !== null && "returned_" in value;
}

/** The `fairSelect` at `place` of the source: a task remembers whose turn it is there, though each time the group is another. */
export function inTurn(place: string, made: unknown): Composite {
  const { group_, pick_: pick } = made as Composite;
  const group = group_ as Group & Pick<FairSelect, "first_">;
  const { executor_: executor, slot_: slot } = scheduler.running!;
  const { turns_: turns } = executor;
  const own = `${slot} ${place}`;
  group.first_ = turns[own] || 0;
  return {
    group_,
    pick_: () => {
      const picked = pick(group);
      turns[own] = group.first_;
      return picked;
    },
  };
}
