/**
 * Regular expressions that Espruino's own engine gets wrong: matched by walking over what regexp/parse.ts has read at
 * build time. Backtracking is by continuations: each step is told what comes after it, and gives the end of the whole
 * match, or -1.
 */

/** The constructor's arguments: source, flags, alternatives, number of groups, names of groups. */
export const REGEXP = `var __RegExp = /* @__PURE__ */ (function () {
  var s, found;
  function RegExp(source, flags, tree, groups, names) {
    this.source = source; this.flags = flags; this.lastIndex = 0;
    this["\\xFF@t"] = tree; this["\\xFF@g"] = groups; this["\\xFF@n"] = names;
  }
  function isIn(set, i) {
    var c = s[i], yes = set[0] === "=";
    for (var j = 1; j < set.length; j += 2) if (c >= set[j] && c <= set[j + 1]) return yes;
    return !yes;
  }
  function isWord(i) { return i >= 0 && i < s.length && isIn("=azAZ09__", i); }
  function holds(kind, i) {
    if (kind === 2 || kind === 3) return (isWord(i - 1) !== isWord(i)) === (kind === 2);
    if (kind & 1) return i === s.length || kind > 1 && s[i] === "\\n";
    return !i || kind > 1 && s[i - 1] === "\\n";
  }
  function either(list, i, then) {
    for (var j = 0, end; j < list.length; j++) if ((end = steps(list[j], 0, i, then)) >= 0) return end;
    return -1;
  }
  function steps(list, at, i, then) {
    for (; at < list.length; at++) {
      var step = list[at];
      if (typeof step === "number") { if (!holds(step, i)) return -1; }
      else if (step.a || step.b) return group(step, i, rest(list, at + 1, then));
      else if (typeof step !== "string") return run(step, list, at + 1, i, then);
      else if (step[0] === "'") {
        if (s.substr(i, step.length - 1) !== step.substr(1)) return -1;
        i += step.length - 1;
      } else if (i >= s.length || !isIn(step, i++)) return -1;
    }
    return then(i);
  }
  function rest(list, at, then) {
    return at < list.length ? function (i) { return steps(list, at, i, then); } : then;
  }
  function run(step, list, at, i, then) {
    var most = i, end, last = Math.min(s.length, i + step[2]);
    if (step[3]) {
      for (; ; most++) {
        if (most >= i + step[1] && (end = steps(list, at, most, then)) >= 0) return end;
        if (most >= last || !isIn(step[0], most)) return -1;
      }
    }
    while (most < last && isIn(step[0], most)) most++;
    for (; most >= i + step[1]; most--) if ((end = steps(list, at, most, then)) >= 0) return end;
    return -1;
  }
  function group(step, i, then) {
    if (step.b) {
      var same = found[step.b] || "";
      return s.substr(i, same.length) === same ? then(i + same.length) : -1;
    }
    if (step.n !== void 0) return times(step, 0, i, then);
    return once(step, i, then);
  }
  function once(step, i, then) {
    var before = found, end;
    if (step.l) {
      end = either(step.a, i, function (i) { return i; });
      if (end >= 0 !== step.l > 0) return -1;
      end = then(i);
    } else end = either(step.a, i, step.g ? function (to) {
      var before = found, end;
      found = found.slice();
      found[step.g] = s.slice(i, to);
      if ((end = then(to)) < 0) found = before;
      return end;
    } : then);
    if (end < 0) found = before;
    return end;
  }
  function times(step, n, i, then) {
    var end = -1, before = found;
    if (n >= step.n && step.z && (end = then(i)) >= 0) return end;
    if (n < step.x) {
      if (step.c) {
        found = found.slice();
        for (var g = step.c[0]; g < step.c[1]; g++) found[g] = void 0;
      }
      end = once(step, i, function (to) {
        return to === i && n >= step.n ? -1 : times(step, n + 1, to, then);
      });
      if (end < 0) found = before;
    }
    return end < 0 && n >= step.n && !step.z ? then(i) : end;
  }
  var p = RegExp.prototype;
  p.exec = function (text) {
    var r = this, moves = /[gy]/.test(r.flags), i = moves ? r.lastIndex : 0, end = -1, none = [], m;
    s = text + "";
    for (var g = 0; g <= r["\\xFF@g"]; g++) none.push(void 0);
    for (; i <= s.length; i++) {
      found = none;
      if ((end = either(r["\\xFF@t"], i, function (i) { return i; })) >= 0 || r.flags.indexOf("y") >= 0) break;
    }
    if (moves) r.lastIndex = end < 0 ? 0 : end;
    if (end < 0) return null;
    m = found.slice();
    m[0] = s.slice(i, end);
    m.index = i;
    m.input = s;
    if (r["\\xFF@n"]) {
      m.groups = {};
      for (g in r["\\xFF@n"]) m.groups[g] = m[r["\\xFF@n"][g]];
    }
    return m;
  };
  p.test = function (text) { return !!this.exec(text); };
  p.toString = function () { return "/" + this.source + "/" + this.flags; };
  p["\\xFF@all"] = function () { return new RegExp(this.source, this.flags + "g", this["\\xFF@t"], this["\\xFF@g"], this["\\xFF@n"]); };
  Object.defineProperty(p, "global", { get: function () { return this.flags.indexOf("g") >= 0; } });
  return RegExp;
})();`;
