import { runInNewContext } from "node:vm";
import * as assert from "uvu/assert";
import { withArrows, withoutSingles } from "../../../../cli/build/shorten/index.js";
import { suite } from "../../../support/suite.js";

const test = suite("cli/build/shorten");

const MAP = { version: 3, sources: [], names: [], mappings: "" };
const MODERN = { declared: "let", inModule: true, isOrdered: false } as const;

function inlined(code: string): string {
  return onOneLine(withoutSingles({ code, map: MAP }).code);
}

function arrowed(code: string, options = {}): string {
  return onOneLine(withArrows({ code, map: MAP }, { ...MODERN, ...options }).code);
}

/** Without what says that it is a module. */
function onOneLine(code: string): string {
  return code
    .replaceAll(/\s+/g, " ")
    .replace(/ ?export \{ *\}; ?$/, "")
    .trim();
}

/** What `code` leaves in `log`. */
function logOf(code: string): unknown[] {
  const log: unknown[] = [];
  runInNewContext(code, { log });
  return JSON.parse(JSON.stringify(log)) as unknown[];
}

/** Programs of which each says what it does, and what becomes of it when functions go where they are called. */
const MOVED: Readonly<Record<string, readonly [string, string]>> = {
  "a statement": ["function f(a) { log.push(a); } f(1);", "log.push(1);"],
  "a statement whose value nobody wants": [
    "let n = 0; function f() { return n++; } f(); log.push(n);",
    "let n = 0; n++; log.push(n);",
  ],
  "a value": [
    "function f(a) { log.push(a); return a + 1; } let x = f(log.length); log.push(x);",
    "let a$1 = log.length; log.push(a$1); let x = a$1 + 1; log.push(x);",
  ],
  "an assignment": [
    "let x; function f() { log.push(0); return 2; } x = f(); log.push(x);",
    "let x; log.push(0); x = 2; log.push(x);",
  ],
  "a return, with returns of its own": [
    "function f(a) { if (a > 1) return 2; log.push(a); } function g(a) { return f(a); } log.push(g(1) ?? 9); log.push(g(2));",
    "function g(a) { if (a > 1) return 2; log.push(a); return; } log.push(g(1) ?? 9); log.push(g(2));",
  ],
  "an expression": [
    "function f(a, b) { return a * b; } const k = 3; log.push(1 + f(k, 2));",
    "const k = 3; log.push(1 + (k * 2));",
  ],
  "a call in one that goes": [
    "function f(a) { g(a); } function g(b) { log.push(b); } f(log.length);",
    "let a$1 = log.length; log.push(a$1);",
  ],
  "what ends one that goes": [
    "function f() { return g(); } function g() { log.push(7); } f();",
    "log.push(7);",
  ],
  "an argument that is not given": [
    "function f(a, b) { log.push([a, b]); } f(1);",
    "let b$1; log.push([1, b$1]);",
  ],
  "a branch of what a minifier wrote": [
    "let a = 1; function f() { log.push(a); a = 2; } a && f(), log.push(a);",
    "let a = 1; if (a) { log.push(a); a = 2; } log.push(a);",
  ],
  "a branch whose other one is an `else`": [
    "function f(a) { if (a) { log.push(a); } } const k = 0; if (k === 0) f(k); else log.push(2); k && log.push(3);",
    "const k = 0; if (k === 0) { if (k) { log.push(k); } } else log.push(2); if (k) { log.push(3); }",
  ],
  "what a minifier wrote before an `else`": [
    "function f() { log.push(1); } let a = 1; if (a) a > 1 && f(); else log.push(2);",
    "let a = 1; if (a) { if (a > 1) { log.push(1); } } else log.push(2);",
  ],
  "a call beside what a block in a clause declares": [
    "function f() { log.push(1); } switch (1) { case 1: { const a = 2; f(); log.push(a); } }",
    "switch (1) { case 1: { const a = 2; log.push(1); log.push(a); } }",
  ],
  "a branch that declares a name": [
    "function f(a) { let b = [a].map((c) => log.push(c)); } if (log.length === 0) f(log.length); else log.push(2);",
    "if (log.length === 0) { let a$1 = log.length; let b$1 = [a$1].map((c) => { return log.push(c); }); } else log.push(2);",
  ],
  "a pattern": [
    "function f(a) { const { b, c: d = 2, ...rest } = a; log.push([b, d, rest]); } f({ b: 1, e: 3 });",
    "let a$1 = { b: 1, e: 3 }; const { b: b$1, c: d$1 = 2, ...rest$1 } = a$1; log.push([b$1, d$1, rest$1]);",
  ],
  "names of properties": [
    "function f(a) { let b; ({ a: b } = { a }); log.push({ a, b }); } f([1]);",
    "let a$1 = [1]; let b$1; ({ a: b$1 } = { a: a$1 }); log.push({ a: a$1, b: b$1 });",
  ],
  "parameters that are given values": [
    "function f(a) { a += 1; log.push(a); } const k = 1; f(k); log.push(k);",
    "const k = 1; let a$1 = k; a$1 += 1; log.push(a$1); log.push(k);",
  ],
};

for (const [what, [before, after]] of Object.entries(MOVED)) {
  test(`puts a function where it is called once: ${what}`, () => {
    const code = inlined(before);

    assert.is(code, after);
    assert.equal(logOf(code), logOf(before));
  });
}

/** Functions that stay. */
const KEPT: Readonly<Record<string, string>> = {
  "called twice": "function f() { log.push(1); } f(); f();",
  "given to others": "function f() { log.push(1); } [0].forEach(f);",
  "that calls itself": "function f(a) { if (a > 0) { f(a - 1); } }",
  "one of two that call each other":
    "function f(a) { if (a) { g(a - 1); } } function g(a) { if (a) { f(a - 1); } }",
  "with an early return, in a statement":
    "function f(a) { if (a) { return; } log.push(a); } f(0); log.push(1);",
  "without a return, in an expression": "function f() { log.push(1); } log.push(typeof f());",
  "of several statements, in an expression": "function f(a) { log.push(a); return a; } log.push(1 + f(2));",
  "whose argument does something, in an expression":
    "function f(a) { return [a, a]; } log.push(f(log.push(0)));",
  "with what means something else there":
    "let x = 1; function f() { log.push(x); } function g(x) { f(); log.push(x); } g(2); g(3);",
  "with `this` of its own": "function f() { log.push(typeof this); } f();",
  "with `arguments` of its own": "function f() { log.push(arguments.length); } f(1, 2);",
  "with `arguments` of a function in it":
    "function f() { return function () { log.push(arguments.length); }; } f()(1, 2);",
  "with a rest": "function f(...all) { log.push(all); } f(1, 2);",
  "with a default": "function f(a = 2) { log.push(a); } f();",
  "with a `var`": "function f() { var a = 1; log.push(a); } f();",
  "that takes a list": "function f(a) { log.push(a); } f(...[1]);",
};

for (const [what, code] of Object.entries(KEPT)) {
  test(`leaves a function ${what}`, () => {
    assert.is(inlined(code), code);
  });
}

test("keeps names apart that functions in one that goes have, too", () => {
  const before = `function f(a) { const all = [1].map((b) => { return b + a; }); log.push(all); }
    function g(b) { f(b); } g(3); g(4);`;

  assert.equal(logOf(inlined(before)), logOf(before));
});

test("lets a name mean what it meant where it was handed on", () => {
  const before = `let n = 1; function f(a) { n = 5; log.push(a); } function g() { f(n); } g(); g();`;

  assert.equal(logOf(inlined(before)), [1, 5]);
});

/** What becomes of functions. */
const ARROWS: Readonly<Record<string, readonly [string, string]>> = {
  "a declaration": ["function f(a) { return a; }", "let f = (a) => { return a; };"],
  "one that is called above": ["f(); function f() { }", "let f = () => { }; f();"],
  "one below variables": [
    "let a; a = f(); function f() { return 1; }",
    "let a; let f = () => { return 1; }; a = f();",
  ],
  "an expression": ["log.map(function (a) { return a; });", "log.map((a) => { return a; });"],
  "one in another": [
    "function f() { function g() { } return g; }",
    "let f = () => { let g = () => { }; return g; };",
  ],
  "a property": ["log.push({ a: function (b) { return b; } });", "log.push({ a(b) { return b; } });"],
};

for (const [what, [before, after]] of Object.entries(ARROWS)) {
  test(`writes a function as an arrow: ${what}`, () => {
    assert.is(arrowed(before), after);
  });
}

/** Functions that are no arrows. */
const FUNCTIONS: Readonly<Record<string, string>> = {
  "of `this`": "function f() { return this; }",
  "of `this` in an arrow": "function f() { return () => { return this; }; }",
  "of `arguments`": "function f() { return arguments.length; }",
  "that is made new": "function f() { } new f();",
  "with a prototype": "function f() { } f.prototype.a = 1;",
  "named as classes are": "const Channel = function () { return {}; };",
  "that others are instances of": "const f = function () { }; log.push({} instanceof f);",
  "that generates": "function* f() { yield 1; }",
  "that is declared twice": "function f() { } function f() { return 1; }",
  "by the name of a parameter": "const g = (f) => { function f() { } return f; };",
  "that is exported": "export function f() { }",
};

for (const [what, code] of Object.entries(FUNCTIONS)) {
  test(`leaves a function ${what}, which is no arrow`, () => {
    assert.is(arrowed(code), code);
  });
}

test("leaves functions of the module, where they are smaller", () => {
  const code = arrowed("function f() { function g() { } return g; }", { inModule: false });

  assert.is(code, "function f() { let g = () => { }; return g; }");
});

test("leaves functions in their order, where that matters", () => {
  const code = arrowed("let a; g(); function f() { } f();", { declared: "var", isOrdered: true });

  assert.is(code, "let a; g(); var f = () => { }; f();");
});
