/** What the text of lowered programs uses where an engine lacks more than async functions. */
export * from "./index.js";
export { OwnPromise, microtask } from "./promise.js";
export { all, allSettled, any, race, reject, resolve, withResolvers } from "./statics.js";
export { WholePromise } from "./whole.js";
