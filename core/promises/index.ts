/** What the text of lowered plain functions uses (compiler/promises/lower.ts). */
export { async, asyncWith } from "./async.js";
export { asyncGenerator } from "./async-generator.js";
export { early } from "./early.js";
export { generator } from "./generator.js";
export { iterate, iterateAsync } from "./loop.js";
