/** The parts of JSON that Espruino's own leaves out: a replacer, a list of keys, an indent as JavaScript prints it. */

/** By helper. */
export const JSON_HELPERS: Readonly<Record<string, string>> = {
  __stringify: `function __stringify(v, by, indent) {
  var list = Array.isArray(by) && by.map(String), step = typeof indent === "number" ? " ".repeat(Math.min(indent, 10)) : indent || "";
  var text = function (o, k, pad) {
    var v = o[k], inner = pad + step, parts = [], isList = Array.isArray(v);
    if (v && typeof v.toJSON === "function") v = v.toJSON(k);
    if (typeof by === "function") v = by.call(o, k, v);
    isList = Array.isArray(v);
    if (typeof v === "function" || v === void 0) return void 0;
    if (typeof v !== "object" || v === null) return JSON.stringify(v);
    if (isList) v.forEach(function (_, i) { var t = text(v, i + "", inner); parts.push(t === void 0 ? "null" : t); });
    else (list || Object.keys(v)).forEach(function (k) {
      var t = k in v || by ? text(v, k, inner) : void 0;
      if (t !== void 0) parts.push(JSON.stringify(k) + (step ? ": " : ":") + t);
    });
    var open = isList ? "[" : "{", close = isList ? "]" : "}";
    if (!step || !parts.length) return open + parts.join(",") + close;
    return open + "\\n" + inner + parts.join(",\\n" + inner) + "\\n" + pad + close;
  };
  return text({ "": v }, "", "");
}`,
  __parse: `function __parse(s, by) {
  var walk = function (o, k) {
    var v = o[k];
    if (v && typeof v === "object") Object.keys(v).forEach(function (i) {
      var x = walk(v, i);
      if (x === void 0) delete v[i]; else v[i] = x;
    });
    return by.call(o, k, v);
  };
  return walk({ "": JSON.parse(s) }, "");
}`,
};
