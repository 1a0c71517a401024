/** String methods that Espruino has not, or gets wrong. */
import ts from "typescript";
import type { Method } from "./table.js";

const isText = (node: ts.Expression | undefined): node is ts.StringLiteralLike =>
  node !== undefined && ts.isStringLiteralLike(node);

/** What the engine's own `replace` gets right: a text without `$` signs, and anything but `$&`, `$$` for a pattern. */
function isPlainReplace([pattern, by]: readonly ts.Expression[]): boolean {
  if (pattern === undefined || by === undefined) return true;
  if (ts.isRegularExpressionLiteral(pattern) && (ts.isFunctionExpression(by) || ts.isArrowFunction(by)))
    return true;
  return isText(by) && !(ts.isRegularExpressionLiteral(pattern) ? /\$[^\d]/ : /\$/).test(by.text);
}

const REPLACE = (all: boolean): string => `function (p, r) {
  var s = this, out = "", at = 0, list = [], m;
  if (p && p.exec) list = __matches(p, s, (p.flags || "").indexOf("g") >= 0);
  else {
    p = p + "";
    for (var i = s.indexOf(p); i >= 0 && i <= s.length; i = ${all ? "s.indexOf(p, i + (p.length || 1))" : "-1"}) {
      m = [p];
      m.index = i;
      list.push(m);
    }
  }
  list.forEach(function (m) {
    var by = typeof r === "function" ? r.apply(void 0, m.concat([m.index, s])) : __expand(r + "", m, s);
    out = out + s.slice(at, m.index) + by;
    at = m.index + m[0].length;
  });
  return out + s.slice(at);
}`;

/** By name. */
export const STRING_METHODS: Readonly<Record<string, readonly Method[]>> = {
  codePointAt: [
    {
      kinds: ["string"],
      text: `function (i) { i = this.charCodeAt(i || 0); return i === i ? i : void 0; }`,
    },
  ],
  localeCompare: [{ kinds: ["string"], text: `function (s) { return this < s ? -1 : this > s ? 1 : 0; }` }],
  trimStart: [{ kinds: ["string"], text: `function () { return (this + "|").trim().slice(0, -1); }` }],
  trimEnd: [{ kinds: ["string"], text: `function () { return ("|" + this).trim().slice(1); }` }],
  search: [
    {
      kinds: ["string"],
      text: `function (r) { r = __matches(__asRegExp(r), this)[0]; return r ? r.index : -1; }`,
    },
  ],
  matchAll: [
    {
      kinds: ["string"],
      text: `function (r) { return __listOf(__matches(__asRegExp(r), this, true), function (i, l) { return l[i]; }); }`,
    },
  ],
  match: [
    {
      kinds: ["string"],
      replaces: "an expression with the flag g",
      when: ([pattern]) =>
        pattern !== undefined && (!ts.isRegularExpressionLiteral(pattern) || /\/\w*g\w*$/.test(pattern.text)),
      text: `function (r) {
  r = __asRegExp(r);
  var all = (r.flags || "").indexOf("g") >= 0, l = __matches(r, this, all);
  return !l.length ? null : all ? l.map(function (m) { return m[0]; }) : l[0];
}`,
    },
  ],
  replace: [
    {
      kinds: ["string"],
      replaces: "a function for a text, `$&` or `$$`",
      when: (args) => !isPlainReplace(args),
      text: REPLACE(false),
    },
  ],
  replaceAll: [
    {
      kinds: ["string"],
      replaces: "a function for a text, `$&` or `$$`",
      when: (args) => !isPlainReplace(args),
      text: REPLACE(true),
    },
  ],
  split: [
    {
      kinds: ["string"],
      replaces: "a limit, or groups in the expression",
      when: ([by, limit]) =>
        limit !== undefined ||
        (by !== undefined && ts.isRegularExpressionLiteral(by) && by.text.includes("(")),
      text: `function (p, n) {
  var s = this, l = [], at = 0;
  if (p && p.exec) {
    __matches(p, s, true).forEach(function (m) {
      if (!m[0] && (!m.index || m.index >= s.length)) return;
      l.push(s.slice(at, m.index));
      at = m.index + m[0].length;
      for (var k = 1; k < m.length; k++) l.push(m[k]);
    });
    l.push(s.slice(at));
  } else l = native.call(s, p);
  return n === void 0 ? l : l.slice(0, n);
}`,
    },
  ],
};
