/**
 * For each profile rule: programs that break it, and similar ones that do not.
 *
 * Every program prints through `print`. A program in `breaks` prints something else on Espruino than on Node (or
 * fails there); one in `keeps` prints the same. tests/conformance/espruino-profile.test.ts sees to that.
 */
export interface ProfileCase {
  readonly breaks: readonly string[];
  readonly keeps: readonly string[];
  /** Set when the difference cannot be shown by a run, with the reason. */
  readonly unseen?: string;
}

/** By rule id. */
export const PROFILE_CASES: Readonly<Record<string, ProfileCase>> = {
  label: {
    breaks: ["a: for (;;) { for (;;) break a; } print(1);", "a: { print(1); break a; }"],
    keeps: ["for (;;) { for (;;) break; break; } print(1);"],
  },
  "default-last": {
    breaks: ["switch (3) { default: print('d'); break; case 3: print(3); }"],
    keeps: ["switch (4) { case 3: print(3); break; default: print('d'); }"],
  },
  generator: {
    breaks: ["function* g() { yield 1; } print(g().next().value);"],
    keeps: ["function g() { return [1]; } print(g()[0] * 2);"],
  },
  async: {
    breaks: [
      "async function f() { return 1; } print(typeof f);",
      "var f = async () => { await 1; }; print(typeof f);",
    ],
    keeps: ["var o = { async: 1, await: 2 }; print(o.async + o.await);"],
  },
  spread: {
    breaks: ["print([...[1, 2]].length);", "print(Math.max(...[1, 2]));", "print({ ...{ a: 1 } }.a);"],
    keeps: ["print([].concat([1, 2]).length, Math.max.apply(null, [1, 2]));"],
  },
  destructuring: {
    breaks: ["var { a } = { a: 1 }; print(a);", "var [a] = [1]; print(a);", "var a; [a] = [1]; print(a);"],
    keeps: ["var o = { a: 1 }; print(o.a);"],
  },
  "default-parameter": {
    breaks: ["function f(a = 1) { return a; } print(f());"],
    keeps: ["function f(a) { if (a === void 0) a = 1; return a; } print(f());"],
  },
  "rest-parameter": {
    breaks: ["function f(...a) { return a.length; } print(f(1, 2));"],
    keeps: ["function f() { return arguments.length; } print(f(1, 2));"],
  },
  exponent: { breaks: ["print(2 ** 3);"], keeps: ["print(Math.pow(2, 3), 2 * 3);"] },
  "optional-chain": {
    breaks: ["var o = { a: 1 }; print(o?.a);"],
    keeps: ["var o = { a: 1 }; print(o ? .5 : 1, o ?? 2 ? 1 : 0);"],
  },
  "logical-assignment": {
    breaks: ["var a; a ??= 1; print(a);", "var a; a ||= 1; print(a);", "var a = 1; a &&= 2; print(a);"],
    keeps: ["var a; a = a || 1; a |= 2; a &= 3; print(a);"],
  },
  "tagged-template": {
    breaks: ["function t(s) { return s[0]; } print(t`a`);"],
    keeps: ["print(`a${1}`);"],
  },
  "computed-key": {
    breaks: ["var k = 'a'; print({ [k]: 1 }.a);"],
    keeps: ["var o = {}, k = 'a'; o[k] = 1; print(o.a);"],
  },
  "private-name": {
    breaks: ["class A { #x = 1; get() { return this.#x; } } print(new A().get());"],
    keeps: ["class A { constructor() { this._x = 1; } get() { return this._x; } } print(new A().get());"],
  },
  "class-extends": {
    breaks: ["class A { static s() { return 1; } } class B extends A {} print(B.s());"],
    keeps: ["class A { m() { return 1; } } print(new A().m());"],
  },
  "static-block": {
    breaks: ["class A { static { print(1); } }"],
    keeps: ["class A { static m() { return 1; } } print(A.m());"],
  },
  "field-this": {
    breaks: ["class A { x = 1; y = this.x; } print(new A().y);"],
    keeps: ["class A { x = 1; y = 2; } print(new A().y);"],
  },
  "new-target": {
    breaks: ["function F() { return new.target === undefined; } print(F());"],
    keeps: ["var o = { target: 1 }; print(o.target);"],
  },
  bigint: { breaks: ["print(typeof 1n);"], keeps: ["print(typeof 1);"] },
  "keyword-method": {
    breaks: ["class A { delete() { return 1; } } print(new A().delete());"],
    keeps: ["var o = { delete: function () { return 1; } }; print(o.delete());"],
  },
  "array-hole": {
    breaks: ["function f() { return 1; } if (0) f([0, , 6]); print(1);"],
    keeps: ["print([1, 2,].length);"],
  },
  "loop-let": {
    breaks: [
      "var r = []; for (let i = 0; i < 2; i++) r.push(() => i); print(r[0]());",
      "var r = []; for (const x of [1, 2]) r.push(function () { return x; }); print(r[0]());",
    ],
    keeps: [
      "var r = []; for (let i = 0; i < 2; i++) { let j = i; r.push(() => j); } print(r[0]());",
      "for (let i = 0; i < 2; i++) print(i);",
    ],
  },
  "bare-sequence": {
    breaks: ["var i = 0; print([1, 2][i, 1]);", "switch (2) { case 1, 2: print('two'); }"],
    keeps: ["var i = 0; print([1, 2][(i, 1)]);", "switch (2) { case (1, 2): print('two'); }"],
  },
  "function-order": {
    breaks: [
      "print(f()); function f() { return 1; }",
      "function f() { return g(); function g() { return 1; } } print(f());",
      "function f() { return g(); } print(f()); function g() { return 1; }",
    ],
    keeps: [
      "function f() { return g(); } function g() { return 1; } print(f());",
      "var o = { f: f0 }; function f0() { return 1; } o.f = f0; print(o.f());".replace("{ f: f0 }", "{}"),
      "function late() { return g(); } var keep = [late]; function g() { return 1; } print(keep[0]());",
    ],
  },
  "var-order": {
    breaks: [
      "function f() { x = 5; var x; } var x = 1; f(); print(x);",
      "function f(c) { if (c) { var x = 1; } return x; } var x = 2; print(f(0));",
      "var x = 2; (function () { print(typeof x); var x = 1; })();",
    ],
    keeps: [
      "function f() { var x; x = 5; } var x = 1; f(); print(x);",
      "function f() { for (var i = 0; i < 2; i++); return i; } print(f());",
      "var later = function () { return x; }; var x = 1; print(later());",
      "for (var i = 0; i < 2; i++) var a = i, b = print(a);",
    ],
  },
  "compound-order": {
    breaks: [
      "var x = 1; function f() { x = 10; return 5; } x += f(); print(x);",
      "var o = { p: 1 }; function f() { o.p = 10; return 5; } o.p += f(); print(o.p);",
    ],
    keeps: ["var x = 1; function f() { x = 10; return 5; } x = x + f(); x += 2; print(x);"],
  },
  "do-body": {
    breaks: [
      "do try { print(1); } catch (e) {} while (0)",
      "do if (1) try { print(1); } catch (e) {} while (0)",
      "var n = 0; do if (n++ > 2) break; while (1); print(n);",
      "var n = 0; do switch (n) { case 1: } while (n++ < 2); print(n);",
      "var n = 0; do for (; n < 1;) { n++; } while (0); print(n);",
      "if (0) do; while (0); else print(1);",
    ],
    keeps: [
      "do { try { print(1); } catch (e) {} } while (0)",
      "var n = 0; do n++; while (n < 3); do if (n > 9) break; else n++; while (n < 6); print(n);",
      "do {} while (0); var n = 0; do for (; n < 1;) n++; while (0); print(n);",
    ],
  },
  "do-in-switch": {
    breaks: ["switch (1) { case 1: break; case 2: do {} while (0); print('bad'); } print('end');"],
    keeps: ["switch (1) { case 1: break; case 2: { do {} while (0); print('bad'); } } print('end');"],
  },
  "in-loop-head": {
    breaks: ["for (var x = ('a' in { a: 1 }) ? 1 : 0; x < 2; x++) print(x);"],
    keeps: ["for (var x = (function () { return 'a' in { a: 1 }; })() ? 1 : 0; x < 2; x++) print(x);"],
  },
  "identifier-of": { breaks: ["var of = 1; print(of);"], keeps: ["var o = { of: 1 }; print(o.of);"] },
  "open-return": {
    breaks: ["function f() { return\n1; } print(typeof f());"],
    keeps: [
      "function f() { return;\n1; } print(typeof f());",
      "function f() {\n if (1) { return\n }\n}\nprint(typeof f());",
    ],
  },
  "stray-step": {
    breaks: ["var a = 1, b = 1; a\n++b\nprint(a, b);"],
    keeps: ["var a = 1, b = 1; a;\n++b;\nprint(a, b);"],
  },
  "argument-count": {
    breaks: ["function f(a) { return arguments.length < 1; } print(f());"],
    keeps: [
      "function f() { return arguments.length < 1; } function g(a) { return arguments.length > 1; } print(f(), g());",
    ],
  },
  "line-continuation": { breaks: ["print('a\\\nb');"], keeps: ["print('a\\\\' + 'b');"] },
  "wide-identifier": {
    breaks: ["var \u00e9 = 1; print(\u00e9);"],
    keeps: ["var e = '\u00e9'; print(e.length);"],
  },
  "code-point-escape": { breaks: ["print('\\u{41}');"], keeps: ["print('\\u0041', '\\\\u{41}');"] },
  "return-at-end": {
    breaks: [
      "function f(){for(;;)if(1)return}print(typeof f());",
      "var f = () => { if (1) return }; print(typeof f());",
    ],
    keeps: [
      "function f(){for(;;){if(1)return}}print(typeof f());",
      "function f(){if(1)return;}print(typeof f());",
    ],
  },
  "append-order": {
    breaks: ["var s = 'a'; print(s + (s += 'b'));"],
    keeps: ["var s = 'a'; print(s + (s = s + 'b')); s += 'c'; print(s);"],
  },
  "case-effects": {
    breaks: [
      "function f(x) { print(x); return x; } switch (1) { case f(1): print('one'); break; case f(2): }",
    ],
    keeps: ["var a = 1, b = 2; switch (1) { case a: print('one'); break; case b: print('two'); }"],
  },
  finally: {
    breaks: [
      "function t() { throw 2; } try { try { print(1); } finally { t(); } } catch (e) { print(e); }",
      "function c() { try { throw 3; } catch (e) {} } try { try { throw 1; } finally { c(); } } catch (e) { print(e); }",
      "function f() { try {} finally { return 2; } return 3; } print(f());",
      "for (var i = 0; i < 3; i++) { try { print(i); } finally { break; } }",
    ],
    keeps: [
      "var n = 1, o = { f: function () { try { return n; } finally { n = 2; this.x = -n; if (n) this.x++; } } }; print(o.f(), n, o.x);",
    ],
  },
  "missing-global": {
    breaks: ["print(new WeakRef({ a: 1 }).deref().a);", "print(Reflect.has({ a: 1 }, 'a'));"],
    keeps: [
      "print(typeof Proxy === 'x');",
      "print(typeof Proxy === 'x' && new Proxy({}, {}) ? 1 : 2);",
      "var P = typeof Proxy === 'x' ? Proxy : Date; if (typeof Proxy === 'x') print(Proxy); print(typeof P);",
      "var Proxy = function () { this.size = 1; }; print(new Proxy().size);",
    ],
  },
  "missing-static": {
    breaks: ["print(Object.isFrozen({ a: 1 }));"],
    keeps: ["print(Math.floor(2.5), Object.keys({ a: 1 }).length, Array.isArray([]));"],
  },
  "missing-array-method": {
    breaks: ["print([1].toLocaleString());"],
    keeps: [
      "var o = { toLocaleString: function () { return 1; } }; print(o.toLocaleString());",
      "print([1, 2].indexOf(2));",
    ],
  },
  "missing-string-method": {
    breaks: ["print('ab'.normalize());", "var s = 'a'; print(s.isWellFormed());"],
    keeps: ["print('ab'.charAt(0), 'ab'.lastIndexOf('b'), ' a '.trim());"],
  },
  "missing-typed-method": {
    breaks: ["print(new Uint8Array([1, 2]).toLocaleString());"],
    keeps: ["print(new Uint8Array([1, 2]).indexOf(2));"],
  },
  "missing-method": {
    breaks: [
      "function f(d) { return d.toLocaleDateString().length > 0; } print(f(new Date(0)));",
      "print((5).toLocaleString());",
    ],
    keeps: [
      "var o = { toLocaleDateString: function () { return 1; } }; function f(d) { return d.toLocaleDateString(); } print(f(o));",
    ],
  },
  "bare-prototype": {
    breaks: ["print(Array.prototype.slice.call([1, 2], 1)[0]);"],
    keeps: ["print([].slice.call([1, 2], 1)[0], Object.prototype.hasOwnProperty.call({ a: 1 }, 'a'));"],
  },
  "array-length": {
    breaks: ["var a = [1]; a.length = 0; print(a.length);"],
    keeps: [
      "var o = { length: 3 }; o.length = 0; print(o.length);",
      "var a = [1]; a.splice(0); print(a.length);",
    ],
  },
  "never-settling-promise": {
    breaks: ["print(typeof new Promise(function () {}));"],
    keeps: ["var r; print(typeof new Promise(function (resolve) { r = resolve; }));"],
    unseen: "the promise is freed while in use: what is printed depends on what takes its memory",
  },
  "stringify-list": {
    breaks: ["print(JSON.stringify({ a: 1, b: 2 }, ['a']));"],
    keeps: ["print(JSON.stringify({ a: 1 }));"],
  },
  "parse-reviver": {
    breaks: ["print(JSON.parse('1', function () { return 2; }));"],
    keeps: ["print(JSON.parse('1'));"],
  },
  "string-concat": {
    breaks: ["print('a'.concat(undefined));"],
    keeps: ["print([1].concat([2]).length, 'a' + undefined);"],
  },
  "extends-error": {
    breaks: ["class F extends Error {} print(new F('x').message);"],
    keeps: ["var e = new Error('m'); print(e.message, e instanceof Error);"],
  },
  "negative-index": {
    breaks: ["var u = new Uint8Array(1); print(typeof u[-1]);"],
    keeps: ["var a = { '-1': 5 }; print(a[-1]);", "var u = new Uint8Array(1); print(u[0]);"],
  },
  "regexp-lazy": { breaks: ["print(/a+?b/.test('ab'));"], keeps: ["print(/a+b*/.test('ab'));"] },
  "regexp-optional": {
    breaks: ["print(/ab?/.test('ab'));", "print(/^-?1/.test('1'));"],
    keeps: ["print(/a\\?/.test('a?'), /[?]/.test('?'), /a(b|)c/.test('ac'));"],
  },
  "regexp-count": {
    breaks: ["print(/a{2}/.test('aa'));"],
    keeps: ["print(/a\\{2\\}/.test('a{2}'), /[{2}]/.test('2'));"],
  },
  "regexp-group": { breaks: ["print(/(?:a)b/.test('ab'));"], keeps: ["print(/(a)b/.test('ab'));"] },
  "regexp-lookaround": {
    breaks: [
      "print(/a(?=b)/.test('ab'));",
      "print(/a(?!c)/.test('ab'));",
      "print(/(?<=a)b/.test('ab'), /(?<!b)b/.test('ab'));",
    ],
    keeps: ["print(/a\\(=b/.test('a(=b'));"],
  },
  "regexp-named-group": { breaks: ["print(/(?<n>a)/.test('a'));"], keeps: ["print(/(a)<n>/.test('a<n>'));"] },
  "regexp-backreference": { breaks: ["print(/(a)\\1/.test('aa'));"], keeps: ["print(/(a)\\d/.test('a1'));"] },
  "regexp-multiline": { breaks: ["print(/^b/m.test('a\\nb'));"], keeps: ["print(/^b/i.test('B'));"] },
  "regexp-flag": { breaks: ["print(/a.b/s.test('a\\nb'));"], keeps: ["print(/a/gi.test('A'));"] },
  "regexp-slash-in-class": {
    breaks: ["print(/[/]/.test('/'));"],
    keeps: ["print(/[\\/]/.test('/'), /[a]\\/b/.test('a/b'));"],
  },
  "regexp-property": {
    breaks: ["print(/\\p{L}/u.test('a'));"],
    keeps: ["print(/\\\\p/.test('\\\\p'));"],
  },
};
