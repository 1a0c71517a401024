/** {@link OwnPromise} with all that `Promise` has, for programs that use it as a value. */
import { OwnPromise } from "./promise.js";
import { all, allSettled, any, race, reject, resolve, withResolvers } from "./statics.js";

export const WholePromise = Object.assign(OwnPromise, {
  resolve,
  reject,
  all,
  allSettled,
  any,
  race,
  withResolvers,
});
