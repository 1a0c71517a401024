/** Without Node's types, which users of the package need not have. */
import type { Failure } from "./failures.js";

/** From a worker: what does not fit into shared memory; of jobs, in the order in which its answers name the slots. */
export type Parcel = { readonly value: unknown } | { readonly failure: Failure };
