/** Functions and numbers that Espruino's constructors have not: `Math.trunc`, `Number.EPSILON`. */

const MATH: Readonly<Record<string, string>> = {
  // Espruino rounds halves away from zero.
  "Math.round": `function (x) { return Math.floor(+x + 0.5); }`,
  // Espruino's goes by logarithms: 2 ** 30 is no whole number. Whole exponents are multiplied.
  "Math.pow": `function (x, y) {
  var n = Math.abs(y), r = 1;
  if (n > 1100 || n !== Math.floor(n)) return Math.pow(x, y);
  for (x = +x; n; n = Math.floor(n / 2)) {
    if (n % 2) r *= x;
    x *= x;
  }
  return y < 0 ? 1 / r : r;
}`,
  "Math.trunc": `function (x) { return x < 0 ? Math.ceil(x) : Math.floor(x); }`,
  "Math.hypot": `function () {
  for (var s = 0, i = 0; i < arguments.length; i++) s += arguments[i] * arguments[i];
  return Math.sqrt(s);
}`,
  // A rounded result is exact where the value is a power.
  "Math.log2": `function (x) { var y = Math.log(x) / Math.LN2, r = Math.round(y); return Math.pow(2, r) === x ? r : y; }`,
  "Math.log10": `function (x) { var y = Math.log(x) / Math.LN10, r = Math.round(y); return Math.pow(10, r) === x ? r : y; }`,
  "Math.log1p": `function (x) { var u = 1 + +x; return u === 1 ? +x : Math.log(u) * (x / (u - 1)); }`,
  "Math.expm1": `function (x) { return Math.abs(x) < 1e-5 ? x + x * x / 2 : Math.exp(x) - 1; }`,
  "Math.cbrt": `function (x) {
  var y = x < 0 ? -Math.pow(-x, 1 / 3) : Math.pow(x, 1 / 3), r = Math.round(y);
  return r * r * r === x ? r : y;
}`,
  "Math.fround": `function (x) { return new Float32Array([x])[0]; }`,
  "Math.imul": `function (a, b) { return (((a >>> 16) * b & 65535) << 16) + (a & 65535) * (b | 0) | 0; }`,
  "Math.clz32": `function (x) {
  var n = 32;
  for (x >>>= 0; x; x >>>= 1) n--;
  return n;
}`,
  "Math.sinh": `function (x) { return (Math.exp(x) - Math.exp(-x)) / 2; }`,
  "Math.cosh": `function (x) { return (Math.exp(x) + Math.exp(-x)) / 2; }`,
  "Math.tanh": `function (x) { var e = Math.exp(-2 * Math.abs(x)), y = (1 - e) / (1 + e); return x < 0 ? -y : y; }`,
  "Math.asinh": `function (x) { var a = Math.abs(x), y = Math.log(a + Math.sqrt(a * a + 1)); return x < 0 ? -y : y; }`,
  "Math.acosh": `function (x) { return Math.log(+x + Math.sqrt(x * x - 1)); }`,
  "Math.atanh": `function (x) { return Math.log((1 + +x) / (1 - x)) / 2; }`,
};

const NUMBER: Readonly<Record<string, string>> = {
  "Number.isInteger": `function (x) { return typeof x === "number" && isFinite(x) && Math.floor(x) === x; }`,
  "Number.isSafeInteger": `function (x) {
  return typeof x === "number" && Math.floor(x) === x && Math.abs(x) <= 9007199254740991;
}`,
  "Number.isFinite": `function (x) { return typeof x === "number" && isFinite(x); }`,
  "Number.isNaN": `function (x) { return x !== x; }`,
  "Number.parseInt": `parseInt`,
  "Number.parseFloat": `parseFloat`,
  "Number.EPSILON": `2.220446049250313e-16`,
  "Number.MAX_SAFE_INTEGER": `9007199254740991`,
  "Number.MIN_SAFE_INTEGER": `-9007199254740991`,
};

const OBJECT: Readonly<Record<string, string>> = {
  "Object.assign": `__assign`,
  // Espruino's own takes no function.
  "Object.defineProperties": `function (o, l) { for (var k in l) __define(o, k, l[k]); return o; }`,
  // The chain has no end there: the last one is its own prototype.
  "Object.getPrototypeOf": `function (o) { var p = Object["getPrototypeOf"](o); return p === o ? null : p; }`,
  "Object.is": `function (a, b) { return a === b ? a !== 0 || 1 / a === 1 / b : a !== a && b !== b; }`,
  "Object.hasOwn": `function (o, k) { return Object.prototype.hasOwnProperty.call(o, k); }`,
  // Nothing can be frozen there; those who only promise not to write lose nothing.
  "Object.freeze": `function (o) { return o; }`,
  "Object.seal": `function (o) { return o; }`,
  "Object.preventExtensions": `function (o) { return o; }`,
  "Object.getOwnPropertySymbols": `function () { return []; }`,
  "Object.groupBy": `function (l, f) {
  var r = {};
  __Array_from(l).forEach(function (x, i) { var k = f(x, i); (r[k] = r[k] || []).push(x); });
  return r;
}`,
  "Object.prototype.propertyIsEnumerable": `function (k) { return Object.prototype.hasOwnProperty.call(this, k); }`,
  "Object.hasOwnProperty": `Object.prototype.hasOwnProperty`,
  "Object.propertyIsEnumerable": `Object.prototype.hasOwnProperty`,
  "Object.prototype.isPrototypeOf": `function (o) {
  while ((o = __Object_getPrototypeOf(o))) if (o === this) return true;
  return false;
}`,
  // The engine's own takes arrays only.
  "Object.fromEntries": `function (l) {
  var r = {};
  __each(l, function (e) { r[e[0]] = e[1]; });
  return r;
}`,
  // Espruino's own gives the value itself.
  "Object.prototype.toString": `function () {
  var v = this, t = typeof v;
  if (v === null || v === void 0 || v === globalThis) t = v === null ? "null" : "undefined";
  else if (t === "object") t = "\\xFF@toStringTag" in v ? v["\\xFF@toStringTag"] : Array.isArray(v) ? "Array" : v instanceof Date ? "Date" :
    v.exec && v.source ? "RegExp" : v instanceof Promise ? "Promise" : v.byteLength !== void 0 ? __typedName(v) :
    v instanceof Error || v instanceof TypeError || v instanceof SyntaxError || v instanceof ReferenceError ? "Error" : "Object";
  return "[object " + t[0].toUpperCase() + t.slice(1) + "]";
}`,
};

const REFLECT: Readonly<Record<string, string>> = {
  // What `super.x` of a task is (graph/copy.ts).
  "Reflect.get": `function (o, k, s) { return __superGet(s === void 0 ? o : s, k, o); }`,
  "Reflect.set": `function (o, k, v) { __set(o, k, v); return true; }`,
  "Reflect.has": `function (o, k) { return k in o; }`,
  "Reflect.apply": `function (f, t, a) { return f.apply(t, a); }`,
  "Reflect.construct": `function (f, a, n) { return __new(f, a, n); }`,
  "Reflect.ownKeys": `function (o) { return Object.getOwnPropertyNames(o); }`,
  "Reflect.defineProperty": `function (o, k, d) { Object.defineProperty(o, k, d); return true; }`,
  "Reflect.deleteProperty": `function (o, k) { delete o[k]; return true; }`,
  "Reflect.getOwnPropertyDescriptor": `function (o, k) { return Object.getOwnPropertyDescriptor(o, k); }`,
  "Reflect.getPrototypeOf": `function (o) { return __Object_getPrototypeOf(o); }`,
  "Reflect.setPrototypeOf": `function (o, p) { Object.setPrototypeOf(o, p); return true; }`,
};

const STRING: Readonly<Record<string, string>> = {
  "String.raw": `function (s) {
  var l = s.raw, r = l[0];
  for (var i = 1; i < l.length; i++) r += (i < arguments.length ? arguments[i] : "") + l[i];
  return r;
}`,
  "String.fromCodePoint": `function () { return String.fromCharCode.apply(String, arguments); }`,
};

const ARRAY: Readonly<Record<string, string>> = {
  "Array.of": `function () { return [].slice.call(arguments); }`,
  "Array.from": `function (l, f, t) {
  var r = [];
  __each(l, function (x, i) { r.push(f ? f.call(t, x, i) : x); });
  return r;
}`,
  "Date.UTC": `function () {
  var f = [0, 0, 1, 0, 0, 0, 0], i;
  for (i = 0; i < arguments.length; i++) f[i] = +arguments[i];
  var y = f[0], m = f[1];
  if (y >= 0 && y < 100) y += 1900;
  y = y + Math.floor(m / 12);
  m = (m % 12 + 12) % 12;
  var z = m < 2 ? y - 1 : y, c = Math.floor(z / 100);
  var days = Math.floor(365.25 * (z + 4716)) + Math.floor(30.6001 * (m + (m < 2 ? 14 : 2))) + 2 - c + Math.floor(c / 4) - 2442112;
  return (((days + f[2]) * 24 + f[3]) * 60 + f[4]) * 60000 + f[5] * 1000 + f[6];
}`,
  "ArrayBuffer.isView": `function (v) { return !!v && v.buffer instanceof ArrayBuffer; }`,
};

const TIME: Readonly<Record<string, string>> = {
  "process.nextTick": `function (f) {
  var a = [].slice.call(arguments, 1);
  Promise.resolve().then(function () { f.apply(void 0, a); });
}`,
  "performance.now": `/* @__PURE__ */ (function () {
  var t = Date.now();
  return function () { return Date.now() - t; };
})()`,
};

const PROMISE: Readonly<Record<string, string>> = {
  "Promise.race": `function (l) {
  return new Promise(function (resolve, reject) {
    __Array_from(l).forEach(function (p) { Promise.resolve(p).then(resolve, reject); });
  });
}`,
  "Promise.allSettled": `function (l) {
  return Promise.all(__Array_from(l).map(function (p) {
    return Promise.resolve(p).then(
      function (v) { return { status: "fulfilled", value: v }; },
      function (e) { return { status: "rejected", reason: e }; });
  }));
}`,
  "Promise.any": `function (l) {
  l = __Array_from(l);
  return new Promise(function (resolve, reject) {
    var errors = [], left = l.length, stop = function () {
      var e = new __AggregateError(errors, "All promises were rejected");
      reject(e);
    };
    if (!left) stop();
    l.forEach(function (p, i) {
      Promise.resolve(p).then(resolve, function (e) { errors[i] = e; if (!--left) stop(); });
    });
  });
}`,
  "Promise.withResolvers": `function () {
  var r = {};
  r.promise = new Promise(function (resolve, reject) { r.resolve = resolve; r.reject = reject; });
  return r;
}`,
  "Promise.try": `function (f) {
  var a = [].slice.call(arguments, 1);
  return new Promise(function (resolve) { resolve(f.apply(void 0, a)); });
}`,
};

const TYPED: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({
    Int8: 1,
    Uint8: 1,
    Uint8Clamped: 1,
    Int16: 2,
    Uint16: 2,
    Int32: 4,
    Uint32: 4,
    Float32: 4,
    Float64: 8,
  }).flatMap(([kind, bytes]) => [
    [`${kind}Array.from`, `function (l, f, t) { return new ${kind}Array(__Array_from(l, f, t)); }`],
    [`${kind}Array.of`, `function () { return new ${kind}Array([].slice.call(arguments)); }`],
    [`${kind}Array.BYTES_PER_ELEMENT`, String(bytes)],
  ]),
);

const SYMBOL: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [
      "iterator",
      "asyncIterator",
      "toStringTag",
      "hasInstance",
      "species",
      "toPrimitive",
      "isConcatSpreadable",
    ].map((name) => [`Symbol.${name}`, `"\\xFF@${name}"`]),
  ),
  "Map.groupBy": `function (l, f) {
  var m = new __Map();
  __each(l, function (x, i) { var k = f(x, i), g = m.get(k); if (g) g.push(x); else m.set(k, [x]); });
  return m;
}`,
  "Symbol.for": `function (k) { return "\\xFF@:" + k; }`,
};

/** By `Constructor.name`. What they call by a name with `__` is another of ours. */
export const STATICS: Readonly<Record<string, string>> = {
  ...MATH,
  ...NUMBER,
  ...OBJECT,
  ...REFLECT,
  ...STRING,
  ...ARRAY,
  ...TIME,
  ...PROMISE,
  ...TYPED,
  ...SYMBOL,
};
