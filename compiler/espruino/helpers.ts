/**
 * The functions that lowered modules import, written in what Espruino runs.
 *
 * TypeScript's own helpers do not run there: they call functions before their line and use `Array.prototype.slice`.
 * They are one virtual module, so that the bundler keeps only what a program uses, once.
 */
import type { Plugin } from "esbuild";

/** The module that lowered code imports from; {@link helpersPlugin} answers for it. */
export const HELPERS_MODULE = "dormouse:espruino-helpers";

/** Each helper's text. Names with `__` are TypeScript's, called as TypeScript calls them. */
export const HELPERS: Readonly<Record<string, string>> = {
  // Copies statics too: Espruino's own classes do not inherit them.
  __extends: `function __extends(d, b) {
  for (var p in b) d[p] = b[p];
  d.prototype = Object.create(b.prototype);
  d.prototype.constructor = d;
}`,
  __assign: `function __assign(t) {
  for (var i = 1; i < arguments.length; i++) Object.assign(t, arguments[i]);
  return t;
}`,
  __rest: `function __rest(s, e) {
  var t = {};
  for (var k in s) if (e.indexOf(k) < 0 && Object.prototype.hasOwnProperty.call(s, k)) t[k] = s[k];
  return t;
}`,
  // `to` is always an array that the lowered expression has just made, so it may be filled in place.
  __spreadArray: `function __spreadArray(to, from) {
  for (var i = 0, n = from.length; i < n; i++) to.push(from[i]);
  return to;
}`,
  __makeTemplateObject: `function __makeTemplateObject(c, r) { c.raw = r; return c; }`,
  // `bind` then `new` loses the prototype on Espruino, so `new F(...list)` is spelled out.
  __new: `function __new(f, a) {
  var o = Object.create(f.prototype), r = f.apply(o, a);
  return r instanceof Object ? r : o;
}`,
  // Always undefined; see returns.ts.
  __void: "var __void;",
  // A `for (` head may not hold `in`, and the minifier moves expressions into such heads.
  __in: `function __in(k, o) { return k in o; }`,
  // Assigning an array's length throws on Espruino.
  __setLength: `function __setLength(a, n) {
  if (!(a instanceof Array)) a.length = n;
  else if (n < a.length) a.splice(n, a.length);
  else while (a.length < n) a.push(void 0);
  return n;
}`,
  // Espruino's own cuts digits off: a tenth of the last one keeps what was rounded here.
  __toFixed: `function __toFixed(v, d) {
  if (typeof v !== "number") return v.toFixed(d);
  var p = Math.pow(10, d || 0), s = v < 0 ? -1 : 1;
  return (s * (Math.round(s * v * p) + 0.1) / p).toFixed(d);
}`,
  // Espruino's Error ignores the `this` it is called with, so a subclass would lose its prototype.
  __Error: `var __Error = /* @__PURE__ */ (function () {
  function E(m) { this.message = m; }
  var p = E.prototype = Object.create(Error.prototype);
  p.constructor = E;
  p.toString = function () { return "Error: " + this.message; };
  return E;
})();`,
};

/** All helpers as one ES module. */
export const HELPERS_SOURCE = Object.values(HELPERS)
  .map((text) => `export ${text}`)
  .join("\n");

/** Lets esbuild find {@link HELPERS_MODULE}. */
export function helpersPlugin(): Plugin {
  const namespace = "dormouse-espruino-helpers";
  return {
    name: namespace,
    setup(build) {
      build.onResolve({ filter: /^dormouse:espruino-helpers$/ }, (args) => ({
        path: args.path,
        namespace,
        sideEffects: false,
      }));
      build.onLoad({ filter: /.*/, namespace }, () => ({ contents: HELPERS_SOURCE, loader: "js" }));
    },
  };
}
