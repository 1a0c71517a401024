/** All tasks of a device build. */
import type { Strand } from "./strand.js";

/** By bit. */
export const tasks: Strand[] = [];
