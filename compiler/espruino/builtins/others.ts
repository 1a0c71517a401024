/** Methods of numbers, typed arrays and promises that Espruino has not. */
import type { Method } from "./table.js";

const FINALLY = `function (f) {
  return this.then(
    function (v) { return Promise.resolve(f && f()).then(function () { return v; }); },
    function (e) { return Promise.resolve(f && f()).then(function () { throw e; }); });
}`;

/** By name. */
export const OTHER_METHODS: Readonly<Record<string, readonly Method[]>> = {
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
