/** What compiled code uses of the library: the names that the board back end imports. */
export { aim, finished, pause, unwind } from "./scheduler.js";
export { startStrand } from "./arm-life.js";
/** `$r`: what a task goes on with at its end. */
export { finished as r } from "./scheduler.js";
export { ending } from "./task.js";
export { drop, makeOp, take } from "../op.js";
export { makeGroup } from "../flow/group.js";
export { makeAll, makeAny } from "../flow/gathering.js";
export { SILENT } from "../flow/silent.js";
export { makeWindow } from "../flow/window.js";
export { makeFair, makeRace } from "../flow/races.js";
export { makeArm } from "./arm.js";
export { callable, isOf, known, tests } from "../flow/callable.js";
export { callArm, leafArm } from "../flow/free-arm.js";
export { makeNested } from "./nested.js";
export { common, family, lately, mate } from "../frames.js";
export { deeper, levels } from "../recursion.js";
export { sleep, sleepUntil } from "../time/sleep.js";
export { TIMED_OUT } from "../flow/outcomes.js";
export { CLOSED } from "../sync/channel.js";
export { dispose, disposer, suppressing } from "../flow/dispose.js";
export { hold, release } from "../flow/resources.js";
export { asyncItems } from "../async-items.js";
export { promised, promisedIn } from "../promised.js";
export { UNSET, ensured, given } from "../unset.js";
export { ENDED, ended } from "../flow/generators.js";
export { generator, resumed } from "./generator-frames.js";
export { GeneratorObject, itemsOf } from "../flow/generator-object.js";
