import { begin } from "../leaf.js";
import type { Op } from "../op.js";

/** In the place of a channel that is closed, and of which a `merge` waits for the others: it gives nothing, ever. */
export const SILENT = {
  receive(): Op {
    return begin(null, false, null);
  },
};
