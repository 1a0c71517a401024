/** The functions that lowered syntax calls. Names that TypeScript knows are called as TypeScript calls them. */

/** Fields of a date as methods name them, in the order in which `Date.UTC` takes them. */
export const DATE_FIELDS = ["FullYear", "Month", "Date", "Hours", "Minutes", "Seconds", "Milliseconds"];

/** Each one's declaration. */
export const SYNTAX_HELPERS: Readonly<Record<string, string>> = {
  // Copies statics too, accessors as such: Espruino's own classes do not inherit them.
  __extends: `function __extends(d, b) {
  for (var p in b) if (p !== "prototype") Object.defineProperty(d, p, Object.getOwnPropertyDescriptor(b, p));
  d.prototype = Object.create(b.prototype);
  d.prototype.constructor = d;
}`,
  // The engine's own takes nothing but plain objects.
  __assign: `function __assign(t) {
  [].slice.call(arguments, 1).forEach(function (s) {
    if (s !== null && s !== void 0) Object.keys(s).forEach(function (k) { t[k] = s[k]; });
  });
  return t;
}`,
  // A typed array there says that it has no key of its own.
  __rest: `function __rest(s, e) {
  var t = {};
  Object.keys(s).forEach(function (k) { if (e.indexOf(k) < 0) t[k] = s[k]; });
  return t;
}`,
  // `to` is always an array that the lowered expression has just made, so it may be filled in place.
  __spreadArray: `function __spreadArray(to, from) {
  for (var i = 0, n = from.length; i < n; i++) to.push(from[i]);
  return to;
}`,
  // Of this one's variables `f` sees none.
  __withArguments: `function __withArguments(f) {
  return function () { return f.call(this, arguments); };
}`,
  __makeTemplateObject: `function __makeTemplateObject(c, r) { c.raw = r; return c; }`,
  // `bind` then `new` loses the prototype on Espruino, so `new F(...list)` is spelled out.
  __new: `function __new(f, a, n) {
  var o = Object.create((n || f).prototype), r = f.apply(o, a);
  return r instanceof Object ? r : o;
}`,
  // Always undefined; see returns.ts.
  __void: "var __void;",
  // Assigns through a setter without calling the getter.
  __set: `function __set(o, k, v) {
  for (var p = o, d; p; p = __Object_getPrototypeOf(p)) {
    d = Object.getOwnPropertyDescriptor(p, k);
    if (d && d.set) { d.set.call(o, v); return v; }
    if (d) break;
  }
  return o[k] = v;
}`,
  // What a class shadows, with accessors that run on the object itself; `p` is what it extends.
  __superGet: `function __superGet(o, k, p) {
  var d = __describe(p, k);
  return d && d.get ? d.get.call(o) : p[k];
}`,
  __superSet: `function __superSet(o, k, p, v) {
  var d = __describe(p, k);
  if (d && d.set) d.set.call(o, v);
  else Object.defineProperty(o, k, { value: v, writable: true, enumerable: true, configurable: true });
  return v;
}`,
  __describe: `function __describe(o, k) {
  for (var d; o && !d; o = __Object_getPrototypeOf(o)) d = Object.getOwnPropertyDescriptor(o, k);
  return d;
}`,
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
  var p = Math.pow(10, d || 0), s = v < 0 ? -1 : 1, n = Math.round(s * v * p);
  return (n < 1e15 ? s * (n + 0.1) / p : v).toFixed(d);
}`,
  // Espruino's Error ignores the `this` it is called with, so a subclass would lose its prototype.
  __Error: `var __Error = /* @__PURE__ */ (function () {
  function E(m, o) {
    if (m !== void 0) this.message = m + "";
    if (o && "cause" in o) this.cause = o.cause;
    // @stack
  }
  var p = E.prototype = Object.create(Error.prototype);
  p.constructor = E;
  p.name = "Error";
  p.message = "";
  p.toString = function () { return this.name + (this.message && ": " + this.message); };
  return E;
})();`,
  __withCause: `function __withCause(e, o) {
  if (o && "cause" in o) e.cause = o.cause;
  return e;
}`,
  // What a loop over keys sees: not the methods that a class, or this build, put on a prototype.
  __keysOf: `function __keysOf(o) {
  var l = [], k;
  if (o !== null && o !== void 0) for (k in o) if (Object.prototype.hasOwnProperty.call(o, k) || typeof o[k] !== "function") l.push(k);
  return l;
}`,
  // Texts and typed arrays throw when asked for what they have not.
  __iteratorOf: `function __iteratorOf(o) {
  return typeof o === "object" && "\\xFF@iterator" in o ? o["\\xFF@iterator"] : void 0;
}`,
  // An iterator over anything that can be iterated.
  __values: `function __values(o) {
  var m = __iteratorOf(o), i = 0;
  return m ? m.call(o) : { next: function () { var d = i >= o.length; return { done: d, value: d ? void 0 : o[i++] }; } };
}`,
  // A list of the first n items, or all.
  __read: `function __read(o, n) {
  var m = __iteratorOf(o), l = [], s;
  if (!m) return o;
  m = m.call(o);
  while ((n === void 0 || l.length < n) && !(s = m.next()).done) l.push(s.value);
  if (!(s && s.done) && m["return"]) m["return"]();
  return l;
}`,
  __each: `function __each(o, f) {
  var m = __iteratorOf(o), i = 0, s;
  if (m) for (m = m.call(o); !(s = m.next()).done;) f(s.value, i++);
  else for (; i < o.length; i++) f(o[i], i);
}`,
  // A list that is its own iterator: there is nothing in an array that a copy would miss.
  __listOf: `function __listOf(a, f) {
  var l = [], i = 0;
  for (var n = 0; n < a.length; n++) l.push(f(n, a));
  l.next = function () { var d = i >= l.length; return { done: d, value: l[i++] }; };
  return l;
}`,
  // All matches, or the first one: of the engine's expressions and of ours.
  __matches: `function __matches(p, s, all) {
  var l = [], m, flags = p.flags || "";
  if (all && flags.indexOf("g") < 0) p = p["\\xFF@all"] ? p["\\xFF@all"]() : new RegExp(p.source, flags + "g");
  p.lastIndex = 0;
  while ((m = p.exec(s))) {
    l.push(m);
    if (!all) break;
    if (!m[0]) p.lastIndex = m.index + 1;
  }
  p.lastIndex = 0;
  return l;
}`,
  __asRegExp: `function __asRegExp(r) { return r && r.exec ? r : new RegExp(r); }`,
  // What `$&`, `$1`... stand for in a replacement.
  __expand: `function __expand(r, m, s) {
  for (var out = "", i = 0; i < r.length; i++) {
    var n = r[i + 1], v = r[i], k;
    if (v === "$" && n) {
      i++;
      if (n === "$") v = n;
      else if (n === "&") v = m[0];
      else if (n === "\`") v = s.slice(0, m.index);
      else if (n === "'") v = s.slice(m.index + m[0].length);
      else if (n >= "1" && n < m.length) v = m[n];
      else if (n === "<" && m.groups) { k = r.indexOf(">", i); v = m.groups[r.slice(i + 1, k)]; i = k; }
      else v = v + n;
    }
    if (v !== void 0) out = out + v;
  }
  return out;
}`,
  __makeRegExp: `function __makeRegExp(source, flags) {
  if (source && source.exec) {
    flags = flags === void 0 ? source.flags : flags;
    source = source.source;
  }
  source = source === void 0 ? "(?:)" : source + "";
  flags = flags || "";
  var p = parseRegExp(source, flags);
  return new __RegExp(source, flags, p.alternatives, p.groups, Object.keys(p.names)[0] && p.names);
}`,
  __isRegExp: `function __isRegExp(v) { return v instanceof RegExp || v instanceof __RegExp; }`,
  // The engine's own type errors are plain errors.
  __isTypeError: `function __isTypeError(e) {
  return e instanceof TypeError || e instanceof Error && e.stack !== void 0 && / not found!$|^Can't read prop|does not already exist/.test(e.message);
}`,
  // A method of a builtin's prototype: it is there on values only.
  __methodOf: `function __methodOf(name) { return function () { return this[name].apply(this, arguments); }; }`,
  // The engine confuses the constructors of objects and arrays.
  __constructorOf: `function __constructorOf(v) {
  return Array.isArray(v) ? Array : typeof v === "string" ? String :
    v && typeof v === "object" && Object.getPrototypeOf(v) === Object.prototype ? Object : v.constructor;
}`,
  // Espruino's Date takes no dates, and texts that are none for the beginning of 1970.
  __time: `function __time(v) {
  if (typeof v !== "string") return v instanceof Date ? v.getTime() : v;
  return Date.parse(v) || (/1970|1969/.test(v) ? 0 : NaN);
}`,
  // A descriptor without a value changes nothing that the engine knows.
  __define: `function __define(o, k, d) {
  return "value" in d || d.get || d.set || !Object.prototype.hasOwnProperty.call(o, k) ? Object.defineProperty(o, k, d) : o;
}`,
  __describeNative: `function __describeNative(o, k) {
  return o[k] === void 0 ? void 0 : { value: o[k], writable: true, enumerable: false, configurable: true };
}`,
  // `o[Symbol.iterator]` and the like: texts, numbers and typed arrays throw when asked for what they have not.
  __symbolOf: `function __symbolOf(o, k) {
  try { return o[k]; } catch (e) { if (o === void 0 || typeof o === "object" && o.byteLength === void 0) throw e; }
}`,
  // All setters of a date in UTC: from the i-th field on.
  __setUTC: `function __setUTC(i) {
  return function () {
    var d = this, f = [${DATE_FIELDS.map((field) => `"${field}"`).join(", ")}].map(function (n) { return d["getUTC" + n](); });
    for (var k = 0; k < arguments.length; k++) f[i + k] = arguments[k];
    d.setTime(__Date_UTC.apply(null, f));
    return d.getTime();
  };
}`,
  // Espruino's Number takes no blanks and no dates.
  __Number: `function __Number(v) {
  if (v && typeof v === "object") v = v.valueOf();
  if (typeof v === "string") v = v.trim() || 0;
  return Number(v);
}`,
  __typedName: `function __typedName(v) {
  return "Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array Float32Array Float64Array ArrayBuffer".split(" ").find(function (n) {
    return v.constructor === globalThis[n];
  }) || "DataView";
}`,
};
