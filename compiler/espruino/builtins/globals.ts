/**
 * Constructors and functions that Espruino has not.
 *
 * A symbol is a text that starts with "\xFF@": Espruino lists no property of such a name, so `Object.keys`, `for in` and
 * `JSON.stringify` pass it over as they do symbols.
 */

const MAP = `/* @__PURE__ */ (function () {
  function Map(list) {
    empty(this);
    if (list) { var m = this; __each(list, function (e) { m.set(e[0], e[1]); }); }
  }
  function place(d, k) {
    return k === k ? d.k.indexOf(k) : d.k.findIndex(function (x) { return x !== x; });
  }
  // Entries have numbers that only grow, so that an iterator finds its place again when some have gone.
  function iterator(d, pick) {
    var at = 0, last = -1, it = {
      next: function () {
        if (d && at > d.i.length) at = d.i.length;
        while (at > 0 && d && d.i[at - 1] > last) at--;
        if (d && at < d.i.length) {
          last = d.i[at];
          return { done: false, value: pick(d.k[at], d.v[at++]) };
        }
        d = at = 0;
        return { done: true, value: void 0 };
      }
    };
    it["\\xFF@iterator"] = function () { return it; };
    return it;
  }
  function empty(m) {
    var d = m["\\xFF@"] || (m["\\xFF@"] = { n: 0 });
    d.k = []; d.v = []; d.i = [];
  }
  var p = Map.prototype;
  p.clear = function () { empty(this); };
  p.has = function (k) { return place(this["\\xFF@"], k) >= 0; };
  p.get = function (k) { var d = this["\\xFF@"], i = place(d, k); return i < 0 ? void 0 : d.v[i]; };
  p.set = function (k, v) {
    var d = this["\\xFF@"], i = place(d, k);
    if (i < 0) { i = d.k.push(k) - 1; d.i.push(d.n++); }
    d.v[i] = v;
    return this;
  };
  p["delete"] = function (k) {
    var d = this["\\xFF@"], i = place(d, k);
    if (i >= 0) { d.k.splice(i, 1); d.v.splice(i, 1); d.i.splice(i, 1); }
    return i >= 0;
  };
  p.forEach = function (f, t) {
    for (var it = iterator(this["\\xFF@"], function (k, v) { return [k, v]; }), s; !(s = it.next()).done;) f.call(t, s.value[1], s.value[0], this);
  };
  p.keys = function () { return iterator(this["\\xFF@"], function (k) { return k; }); };
  p.values = function () { return iterator(this["\\xFF@"], function (k, v) { return v; }); };
  p.entries = p["\\xFF@iterator"] = function () { return iterator(this["\\xFF@"], function (k, v) { return [k, v]; }); };
  Object.defineProperty(p, "size", { get: function () { return this["\\xFF@"].k.length; } });
  p["\\xFF@toStringTag"] = "Map";
  return Map;
})()`;

const SET = `/* @__PURE__ */ (function () {
  function Set(list) {
    __Map.call(this);
    if (list) { var s = this; __each(list, function (x) { s.add(x); }); }
  }
  var p = Set.prototype = Object.create(__Map.prototype);
  p.constructor = Set;
  p.add = function (x) { return this.set(x, x); };
  p.keys = p["\\xFF@iterator"] = p.values;
  p["\\xFF@toStringTag"] = "Set";
  return Set;
})()`;

const errorClass = (name: string, base = "__Error"): string => `/* @__PURE__ */ (function () {
  function E(m, o) { __Error.call(this, m, o); }
  var p = E.prototype = Object.create(${base}.prototype);
  p.constructor = E;
  p.name = "${name}";
  p.message = "";
  p.toString = __Error.prototype.toString;
  return E;
})()`;

const ERRORS: Readonly<Record<string, string>> = {
  RangeError: errorClass("RangeError"),
  EvalError: errorClass("EvalError"),
  URIError: errorClass("URIError"),
  AggregateError: `/* @__PURE__ */ (function () {
  function E(l, m, o) { __Error.call(this, m, o); this.errors = __Array_from(l); }
  var p = E.prototype = Object.create(__Error.prototype);
  p.constructor = E;
  p.name = "AggregateError";
  return E;
})()`,
};

/** The engine's own know nothing beyond ASCII. */
const URI: Readonly<Record<string, string>> = {
  encodeURIComponent: `function (s) {
  s = s + "";
  for (var r = "", i = 0; i < s.length; i++) {
    var c = s.charCodeAt(i), n = 0;
    if (c < 128) { r = r + encodeURIComponent(s[i]); continue; }
    if (c >> 10 === 54) c = (c << 10) + s.charCodeAt(++i) - 56613888;
    for (var b = ""; c > 63 >> n; c = c >> 6, n++) b = "%" + (c & 63 | 128).toString(16) + b;
    r = r + ("%" + (c | 3968 >> n & 255).toString(16) + b).toUpperCase();
  }
  return r;
}`,
  decodeURIComponent: `function (s) {
  s = s + "";
  for (var r = "", i = 0; i < s.length; i++) {
    var c = s.charCodeAt(i), n = 0;
    if (c !== 37) { r = r + s[i]; continue; }
    do {
      var b = s[i] === "%" && /^[0-9a-f][0-9a-f]$/i.test(s.substr(i + 1, 2)) ? parseInt(s.substr(i + 1, 2), 16) : 256;
      if (n ? b >> 6 !== 2 : b > 247 || b >> 6 === 2) throw new __URIError("URI malformed");
      c = n ? c << 6 | b & 63 : b;
      if (!n && b > 127) { n = b > 239 ? 4 : b > 223 ? 3 : 2; c = b & 255 >> n + 1; }
      n--;
      i += 3;
    } while (n > 0);
    i--;
    r = r + (c < 65536 ? String.fromCharCode(c) : String.fromCharCode(c - 65536 >> 10 | 55296) + String.fromCharCode(c & 1023 | 56320));
  }
  return r;
}`,
};

const clearing = (native: string): string => `function (t) { if (t !== void 0) ${native}(t); }`;

/** By name; as `__name` in a lowered module. */
export const GLOBALS: Readonly<Record<string, string>> = {
  Map: MAP,
  Set: SET,
  // Nothing is held weakly there: an entry lives until it is deleted.
  WeakMap: "__Map",
  WeakSet: "__Set",
  WeakRef: `function (o) { this.deref = function () { return o; }; }`,
  // JavaScript does not promise that it is ever told.
  FinalizationRegistry: `function () { this.register = this.unregister = function () {}; }`,
  Symbol: `/* @__PURE__ */ (function () {
  var n = 0;
  return function (d) { return "\\xFF@" + n++ + (d || ""); };
})()`,
  ...ERRORS,
  ...URI,
  queueMicrotask: `function (f) { Promise.resolve().then(f); }`,
  setImmediate: `function (f) {
  var a = [].slice.call(arguments, 1);
  return setTimeout(function () { f.apply(null, a); }, 0);
}`,
  clearImmediate: "__clearTimeout",
  // The engine's own throw where there is nothing to clear.
  clearTimeout: clearing("clearTimeout"),
  clearInterval: clearing("clearInterval"),
  structuredClone: `function (v) {
  if (!v || typeof v !== "object") return v;
  if (Array.isArray(v)) return v.map(__structuredClone);
  if (v instanceof Date) return new Date(v.getTime());
  if (v.buffer && v.byteLength !== void 0) return v.slice();
  var r = {};
  Object.keys(v).forEach(function (k) { r[k] = __structuredClone(v[k]); });
  return r;
}`,
};

/** Native errors as a base: ours keep the class of what is made. */
export const BASE_ERRORS: Readonly<Record<string, string>> = {
  TypeError: errorClass("TypeError", "TypeError"),
  SyntaxError: errorClass("SyntaxError", "SyntaxError"),
  ReferenceError: errorClass("ReferenceError", "ReferenceError"),
};

/** What makes the engine's own errors like JavaScript's: they have no names, and are no instances of Error. */
export const ERRORS_PATCH = `(function () {
  var base = Error.prototype, name = function (p, n) {
    p.name = n;
    if (p !== base) p.__proto__ = base;
    p.toString = function () { return this.name + (this.message ? ": " + this.message : ""); };
  };
  name(base, "Error");
  name(TypeError.prototype, "TypeError");
  name(SyntaxError.prototype, "SyntaxError");
  name(ReferenceError.prototype, "ReferenceError");
})();`;

/** What makes invalid dates invalid: the engine's own have fields of no date, and `toString` of one takes it down. */
export const DATES_PATCH = `(function () {
  var d = new Date(0), guard = function (n, no) {
    var f = d[n];
    Date.prototype[n] = function () { return this.getTime() === this.getTime() ? f.apply(this, arguments) : no(); };
  }, nan = function () { return NaN; };
  "FullYear Month Date Day Hours Minutes Seconds Milliseconds".split(" ").forEach(function (n) { guard("get" + n, nan); guard("getUTC" + n, nan); });
  guard("toString", function () { return "Invalid Date"; });
  guard("toJSON", function () { return null; });
  guard("toISOString", function () { throw new __RangeError("Invalid time value"); });
})();`;
