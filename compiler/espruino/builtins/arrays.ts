/** Array methods that Espruino has not, or gets wrong; most of them are those of typed arrays too. */
import type { Method } from "./table.js";

/** Calls `f` on each item from the last one down. */
const fromTheEnd = (found: string, none: string): string => `function (f, t) {
  for (var i = this.length; i--;) if (f.call(t, this[i], i, this)) return ${found};
  return ${none};
}`;

const listOf = (item: string): string => `function () {
  return __listOf(this, function (i, l) { return ${item}; });
}`;

const LISTS = ["array", "typed"] as const;

/** By name. */
export const ARRAY_METHODS: Readonly<Record<string, readonly Method[]>> = {
  at: [
    {
      kinds: ["array", "typed", "string"],
      text: `function (i) { i |= 0; if (i < 0) i += this.length; return i < 0 ? void 0 : this[i]; }`,
    },
  ],
  findLast: [{ kinds: LISTS, text: fromTheEnd("this[i]", "void 0") }],
  findLastIndex: [{ kinds: LISTS, text: fromTheEnd("i", "-1") }],
  lastIndexOf: [
    {
      kinds: LISTS,
      text: `function (x, i) {
  i = i === void 0 || i >= this.length ? this.length - 1 : i < 0 ? i + this.length : i;
  while (i >= 0 && this[i] !== x) i--;
  return i < 0 ? -1 : i;
}`,
    },
  ],
  reduceRight: [
    {
      kinds: LISTS,
      text: `function (f, v) {
  var i = this.length;
  if (arguments.length < 3 && v === void 0) { if (!i) throw new TypeError("Reduce of empty array with no initial value"); v = this[--i]; }
  while (i--) v = f(v, this[i], i, this);
  return v;
}`,
    },
  ],
  flat: [
    {
      kinds: ["array"],
      text: `function (d) {
  var r = [], add = function (a, d) {
    a.forEach(function (x) { if (d > 0 && Array.isArray(x)) add(x, d - 1); else r.push(x); });
  };
  add(this, d === void 0 ? 1 : d);
  return r;
}`,
    },
  ],
  flatMap: [
    {
      kinds: ["array"],
      text: `function (f, t) {
  var r = [];
  this.forEach(function (x, i, a) {
    x = f.call(t, x, i, a);
    if (Array.isArray(x)) x.forEach(function (y) { r.push(y); }); else r.push(x);
  });
  return r;
}`,
    },
  ],
  entries: [{ kinds: LISTS, text: listOf("[i, l[i]]") }],
  keys: [{ kinds: LISTS, text: `function () { return __listOf(this, function (i) { return i; }); }` }],
  values: [{ kinds: LISTS, text: listOf("l[i]") }],
  copyWithin: [
    {
      kinds: LISTS,
      text: `function (to, from, end) {
  var l = this.slice(from, end === void 0 ? this.length : end);
  if (to < 0) to += this.length;
  for (var i = 0; i < l.length && to + i < this.length; i++) this[to + i] = l[i];
  return this;
}`,
    },
  ],
  toReversed: [{ kinds: LISTS, text: `function () { return this.slice().reverse(); }` }],
  toSorted: [{ kinds: LISTS, needs: "sort", text: `function (c) { return this.slice().sort(c); }` }],
  toSpliced: [
    {
      kinds: ["array"],
      text: `function () { var l = this.slice(); l.splice.apply(l, arguments); return l; }`,
    },
  ],
  with: [
    {
      kinds: LISTS,
      text: `function (i, x) {
  var l = this.slice();
  if (i < 0) i += l.length;
  if (i < 0 || i >= l.length) throw new Error("Invalid index");
  l[i] = x;
  return l;
}`,
    },
  ],
  // Espruino's own is not stable. Insertion by bisection asks the comparator least, which is what costs.
  sort: [
    {
      kinds: ["array"],
      replaces: "a comparator",
      when: (args) => args.length > 0,
      text: `function (c) {
  if (!c) return native.call(this);
  for (var i = 1; i < this.length; i++) {
    for (var x = this[i], lo = 0, hi = i, m; lo < hi;) {
      m = lo + hi >> 1;
      if (x !== void 0 && (this[m] === void 0 || c(x, this[m]) < 0)) hi = m; else lo = m + 1;
    }
    if (lo < i) { this.splice(i, 1); this.splice(lo, 0, x); }
  }
  return this;
}`,
    },
  ],
};
