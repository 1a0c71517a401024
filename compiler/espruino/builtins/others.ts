/** Methods of numbers, dates and promises that Espruino has not, and what arrays and texts have to be iterables. */
import { DATE_FIELDS } from "./syntax.js";
import type { Method } from "./table.js";

/** The name of `[Symbol.iterator]` there. */
export const HIDDEN_ITERATOR = "\xFF@iterator";

const FINALLY = `function (f) {
  return this.then(
    function (v) { return Promise.resolve(f && f()).then(function () { return v; }); },
    function (e) { return Promise.resolve(f && f()).then(function () { throw e; }); });
}`;

/** As `[Symbol.iterator]` of a list; loops go over an index instead. */
const ITERATOR = `function () {
  var l = this, i = 0, it = {
    next: function () {
      if (l && i < l.length) return { done: false, value: l[i++] };
      l = 0;
      return { done: true, value: void 0 };
    }
  };
  it["\\xFF@iterator"] = function () { return it; };
  return it;
}`;

const UTC_SETTERS = DATE_FIELDS.map(
  (field, i) => [`setUTC${field}`, [{ kinds: ["date"], text: `__setUTC(${i})` }]] as const,
);

/** By name. */
export const OTHER_METHODS: Readonly<Record<string, readonly Method[]>> = {
  ...Object.fromEntries(UTC_SETTERS),
  [HIDDEN_ITERATOR]: [{ kinds: ["array", "typed", "string"], text: ITERATOR }],
  finally: [{ kinds: ["promise"], text: FINALLY }],
  toExponential: [
    {
      kinds: ["number"],
      text: `function (d) {
  var v = Math.abs(this), e = v ? Math.floor(Math.log(v) / Math.LN10 + 1e-9) : 0, m = __toFixed(v / Math.pow(10, e), d);
  if (m >= 10) m = __toFixed(v / Math.pow(10, ++e), d);
  return (this < 0 ? "-" : "") + m + "e" + (e < 0 ? "-" : "+") + Math.abs(e);
}`,
    },
  ],
  toPrecision: [
    {
      kinds: ["number"],
      needs: "toExponential",
      text: `function (p) {
  if (p === void 0) return this + "";
  var v = Math.abs(this), e = v ? Math.floor(Math.log(v) / Math.LN10 + 1e-9) : 0;
  return e < -6 || e >= p ? this.toExponential(p - 1) : __toFixed(+this, p - 1 - e);
}`,
    },
  ],
};
