/** What compiled code uses of the library: the names that the arena back end imports. */
export { aim, pause, startStrand, unwind } from "./scheduler.js";
export { drop, makeOp, take } from "./op.js";
export { keep, keeps, kept, makeRegion, polls, unwindShared } from "./shared/region.js";
export { arm, checkDepth, future, race, races } from "./shared/parts.js";
export { choices, choose, either, setEither } from "./shared/values.js";
export { makeGroup } from "./flow/group.js";
export { makeArm } from "./flow/arm.js";
export { common, family, mate } from "./frames.js";
export { deeper, levels } from "./recursion.js";
export { sleep, sleepUntil } from "./time/sleep.js";
export { TIMED_OUT } from "./flow/outcomes.js";
export { CLOSED } from "./sync/channel.js";
export { dispose, disposer, suppressing } from "./flow/dispose.js";
export { promised, promisedIn } from "./promised.js";
export { UNSET, ensured, given } from "./unset.js";
export { ENDED, ended } from "./flow/generators.js";
