/** What the model checker hands in: see tests/loom/machine.ts. */
declare const loom: import("../machine.js").Ghosts;
