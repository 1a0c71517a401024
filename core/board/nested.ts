/** Races that are arms of others, in device builds: a strand of the arm owns the race, and its states settle it. */
import type { Group } from "../flow/group.js";
import { finished, running, type State, type Step } from "./scheduler.js";

/** Makes the first state of what runs `group`: it gives what `select` gives, or with `other`, what `timeout` does. */
export function makeNested(group: Group, other?: unknown): State {
  function settle(): Step {
    if (!group.settle_()) return 1;
    return give();
  }
  function give(): Step {
    running.value_ = other === undefined ? group.pick_() : group.pickFirst_(other);
    return finished;
  }
  return () => {
    running.resume_ = settle;
    return group.begin_() ? give : 1;
  };
}
