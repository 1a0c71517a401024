/** Turns that somebody measures. Others pay nothing for it: it stands between the policy and who polls. */
import { leave } from "../scheduler.js";
import type { Poller } from "./policy.js";

/** Called when a poll begins, and when it ends. */
type OnPoll = (slot: number, begins: boolean) => void;

/** `poller`, with `onPoll` around each of its turns. */
export function makeMeasured(poller: Poller, onPoll: OnPoll): Poller {
  return {
    poll_(slot) {
      onPoll(slot, true);
      const isReady = poller.poll_(slot);
      leave(null);
      onPoll(slot, false);
      return isReady;
    },
  };
}
