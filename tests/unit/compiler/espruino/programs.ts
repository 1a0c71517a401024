/**
 * Programs in today's JavaScript, for the comparison of what they print before and after lowering.
 *
 * Each prints through `print` and uses no builtin that Espruino lacks.
 */
import type { Modules } from "./bundle.js";

/** By name; a plain string is a program of one module. */
export const PROGRAMS: Readonly<Record<string, string | Modules>> = {
  "digits of numbers": `
    print([1595.8984375, 0.999, 2.5, -0.06, 1.005, 21.5, 0, -1.5, -0.04, 0.1 + 0.2].map((x) => x.toFixed(1)).join(" "));
    print((3).toFixed(), (1234567.891).toFixed(2), (0.1 + 0.2).toFixed(10), NaN.toFixed(1));
    print({ toFixed: (d) => "own " + d }.toFixed(3));`,
  "closures in loops": `
    const r = [];
    for (let i = 0; i < 3; i++) r.push(() => i);
    for (const x of [7, 8]) r.push(() => x);
    for (const k in { a: 1, b: 2 }) r.push(() => k);
    print(r.map((f) => f()).join());
    const made = [];
    for (let i = 0; i < 4; i++) { if (i === 1) continue; if (i === 3) break; made.push(() => i++); }
    print(made[0](), made[0](), made[1]());`,
  "closures over the variables of a loop's head": `
    const kept = [];
    for (let i = 0, g = () => i; i < 3; i++) kept.push(g, () => i);
    outer: for (let { x } = { x: 1 }, next = () => x++, y = next(); ; y++) {
      for (let j = x, f = () => j + y; j < 9; j += 3) { kept.push(f, () => [x, y, j]); if (y > 3) break outer; continue outer; }
    }
    for (let i = 4, g = () => i++; g() < 6; ) print(i);
    function f() { for (let n = arguments.length, own = () => arguments[0] + n + this.k; n < 3; n++) kept.push(own); }
    f.call({ k: 1 }, 5, 6);
    print(kept.map((k) => k()).join(";"));`,
  "arguments of functions inside of each other": `
    function sum(...all) {
      const more = (first, ...rest) => [first, rest.join(), all.join()].join("/");
      const count = function count(n) { return n > 0 ? arguments.length + count(n - 1) : all.length; };
      function last() { return [arguments[arguments.length - 1], this === undefined ? 0 : this.k, later(1, 2)].join(); }
      class Base { constructor(...list) { this.list = list; } take(...list) { return [...this.list, ...list, all[0]].join(); } }
      class Derived extends Base { own() { return this.list.length; } }
      print(more(7), more(1, 2, 3), count(2, 5), last(4), last.call({ k: 6 }, 8, 9), new Derived(1, 2).take(3), new Derived().own());
      function later(...list) { return (() => arguments.length + list.length)(); }
      return all.reduce((x, y) => x + y, 0);
    }
    print(sum(1, 2), sum(3), sum());`,
  "loops that only unpack": `
    const seen = [];
    function f() { for (let value of [[1], []]) { let [a = 4] = value; } for (let i = 0; i < 2; i++) { let { x = i, y = x } = seen; } }
    f(); print(seen.length);`,
  "loop closures that return and break out": `
    function find(rows) {
      outer: for (const row of rows) {
        for (const cell of row) {
          const f = () => cell;
          if (f() < 0) continue outer;
          if (f() > 9) break outer;
          if (f() === 5) return "five";
        }
        print("row", row.join("-"));
      }
      return "none";
    }
    print(find([[1, 2], [-1, 5], [3, 10, 5]]), find([[1], [5]]));`,
  "class inheritance over three levels": `
    class A { constructor(x) { this.x = x; } m() { return "A" + this.x; } static make(x) { return new this(x); } static n = 5; }
    class B extends A { m() { return "B" + super.m(); } get twice() { return this.x * 2; } set twice(v) { this.x = v / 2; } }
    class C extends B { y = this.x + 1; constructor(...a) { super(...a); } m() { return "C" + super.m(); } static n = A.n + 1; }
    const c = C.make(4);
    print(c.m(), c.y, c.twice, C.n, B.n, c instanceof A, c instanceof C, c.constructor === C);
    c.twice = 20; print(c.x, new B(1).m());
    const D = class extends C { m() { return "D" + super.m(); } }; print(new D(2).m());`,
  "a subclass of Error": `
    class Fault extends Error { constructor(m, code) { super(m); this.code = code; } text() { return this.code + ":" + this.message; } }
    class Worse extends Fault {}
    try { throw new Worse("no", 7); } catch (e) { print(e instanceof Fault, e instanceof Worse, e instanceof Error, e.text(), String(e)); }`,
  "functions used above their declaration": `
    print(twice(4));
    function twice(n) { return helper(n) + helper(n); function helper(m) { return add(m, 0); } }
    function add(a, b) { return a + b; }
    if (true) { print(inner()); function inner() { return "inner"; } }
    const even = (n) => n === 0 || odd(n - 1); const odd = (n) => n !== 0 && even(n - 1);
    print(even(6), odd(6));`,
  "var used above its line": `
    var x = "outer";
    function f() { x = "inner"; var x; return x; }
    print(f(), x);
    function g(c) { if (c) { var y = 1; } else { y = 2; } return y; }
    print(g(true), g(false));
    function h(a) { var a; var b = a || 3; for (var i = 0, n = 2; i < n; i++) var last = i; return [a, b, i, last].join(); }
    print(h(), h(1));
    function k() { try { var t = 1; throw t; } catch (t) { t = 5; var t2 = t; } return [t, t2].join(); }
    print(k());`,
  "default not last in a switch": `
    function a(x) { switch (x) { default: return "d"; case 1: return "one"; case 2: return "two"; } }
    function b(x) { const r = []; switch (x) { case 1: r.push(1); default: r.push("d"); case 2: r.push(2); break; case 3: r.push(3); } return r.join(); }
    function c(x) { let r = ""; switch (x) { case 0: case 1: default: r += "d"; break; case 2: r += "2"; case 3: r += "3"; } return r; }
    const n = (v) => { print("test", v); return v; };
    function d(x) { switch (n(x)) { case n(1): return 1; default: return "d"; case n(2): return 2; } }
    for (let i = 0; i < 5; i++) print(a(i), b(i), c(i));
    print(d(2), d(9));
    for (let i = 0; i < 4; i++) { switch (i) { default: print("x", i); continue; case 2: break; } print("after", i); }`,
  labels: `
    function walk(limit) {
      const out = [];
      a: for (let i = 0; i < 4; i++) {
        b: for (let j = 0; j < 4; j++) {
          switch (j) { case 1: continue b; case 3: continue a; }
          for (let k = 0; k < 3; k++) {
            if (k === 1 && j === 0) continue b;
            if (i === limit) break a;
            if (k === 2) break b;
            out.push("" + i + j + k);
          }
        }
        out.push("end");
      }
      return out.join();
    }
    print(walk(1)); print(walk(3)); print(walk(9));
    let n = 0; again: do { n++; while (true) { if (n < 3) continue again; break again; } } while (n < 5); print(n);
    s: switch (n) { case 3: for (;;) { break s; } print("no"); default: print("no"); } print("yes");
    t: for (const x of [1, 2]) { try { for (;;) { if (x === 1) continue t; break t; } } finally { print("finally", x); } }`,
  "labels of other statements": `
    function find(rows, wanted) {
      found: {
        for (const row of rows) for (const each of row) if (each === wanted) break found;
        return "none";
      }
      return "found";
    }
    print(find([[1], [2, 3]], 3), find([[1]], 2));
    for (let i = 0; i < 7; i++) {
      a: { b: if (i > 0) { if (i === 1) continue; if (i === 2) break b; if (i === 3) break a; if (i === 6) break; print("in", i); }
        switch (i) { case 4: break a; case 5: continue; default: print("b", i); }
      }
      print("a", i);
    }
    let kept = []; a: { for (let i = 0; i < 3; i++) { kept.push(() => i); if (i === 1) break a; } } print(kept.map((f) => f()).join());
    x: try { y: { if (kept.length) break x; else break y; } print("no"); } finally { print("finally"); }
    outer: for (const n of [1, 2, 3]) { c: { d: { if (n === 1) continue outer; if (n === 2) break c; break outer; } } print("after", n); }
    switch (1) { case 1: e: { if (kept) break; print("no"); } print("no"); default: print("no"); }
    f: g: { f2: do { if (kept) break f2; break f; } while (0); print("g"); }
    h: { unused: { let n = 1; while (n < 9) { n++; if (n === 5) break h; } } print("no"); }`,
  "destructuring and rest": `
    const { a, b: { c = 5, ...others }, ...rest } = { a: 1, b: { d: 2, e: 3 }, f: 4 };
    print(a, c, JSON.stringify(others), JSON.stringify(rest));
    let [x, , y = 9, ...z] = [1, 2, undefined, 4, 5]; [x, y] = [y, x]; print(x, y, z.join());
    function f({ p = 1, q } = {}, [r] = [3]) { return [p, q, r].join(); }
    print(f(), f({ q: 2 }, [7]));
    for (const [k, v] of Object.entries({ m: 1, n: 2 })) print(k, v);`,
  spread: `
    const a = [1, 2], o = { x: 1 };
    print([0, ...a, 3, ...a].join(), Math.max(...a, 5), JSON.stringify({ ...o, y: 2, ...{ x: 3 } }));
    class P { constructor(...xs) { this.n = xs.length; } } print(new P(...a, 3).n, new P(...[]).n);
    const m = { sum(...xs) { return xs.reduce((s, v) => s + v, this.base); }, base: 10 }; print(m.sum(...a));
    print([..."abc"].length);`,
  "default and rest parameters": `
    function f(a = 1, b = a + 1, ...c) { return [a, b, c.length].join(); }
    print(f(), f(5), f(undefined, null), f(1, 2, 3, 4));
    const g = (x, y = () => x) => y(); print(g(3));
    function h(a, b, ...rest) { return rest.join("+"); } print(h(), h(1), h(1, 2, 3, 4));`,
  "template literals": `
    const x = 5, u = undefined, n = null;
    print(\`a\${x}b\${u}c\${n}\`, \`\${x}\${x}\`, \`\${x + 1}-\${[1, 2]}\`, \`line\\nend\`, \`\${\`in\${x}\`}\`);
    const tag = (s, ...v) => s.join("|") + v.join("&") + s.raw.length; print(tag\`a\${1}b\${2}c\`);`,
  "for-of over arrays and strings": `
    for (const x of [1, 2, 3]) { if (x === 2) continue; print(x); }
    for (const c of "ab") print(c);
    let s = 0; for (s of [4, 5]); print(s);
    for (const x of new Uint8Array([1, 300])) print(x);`,
  "optional chaining and logic": `
    const o = { a: { f() { return this.v; }, v: 3 } }; let n; const k = "a";
    print(o?.a?.f(), o.b?.c.d, n?.[0], o.x?.(), o[k]?.v, n ?? "none");
    n ??= 1; n ||= 2; n &&= 3; o.z ??= 4; o.z &&= o.z + 1; print(n, o.z, 2 ** 3 ** 0, delete o.z, o.z);`,
  "compound assignment": `
    let x = 1; const f = (v) => { x = 10; return v; };
    x += f(5); print(x); x = 2; x -= f(1) - (x = 3); print(x); x = 1; x *= (x++, x); print(x);
    const o = { p: 1, a: [1, 2] }; const g = () => { o.p = 100; o.a = [50, 60]; return 1; };
    o.p += g(); print(o.p); o.a[0] += g(); print(o.a[0]);
    let i = 0; const at = () => (print("at"), o); const b = [1, 2, 3];
    b[i++] += f(2); print(b.join(), i); at().p -= g(); print(o.p); at().a[i++] += g(); print(o.a.join(), i);
    let s = "a"; s += s += "b"; print(s); let m = 5; m <<= f(1); m |= f(1); m >>>= 1; print(m);
    class C { n = 1; bump() { this.n += this.twice(); return this.n; } twice() { return this.n *= 2; } } print(new C().bump());`,
  "array length": `
    const a = [1, 2, 3]; a.length = 1; print(a.join()); a.length = 3; print(a.length, a[2]);
    const o = { q: [1, 2, 3] }; o.q.length--; print(o.q.join()); o.q.length -= 1; print(o.q.join(), (o.q.length = 0), o.q.length);
    const own = { length: 5 }; own.length = 2; print(own.length); own.length += 3; print(own.length, own.length++, own.length);
    class Ring { length = 0; push() { this.length++; this.length += 2; } } const r = new Ring(); r.push(); print(r.length);`,
  "functions that end in a loop with a bare return": `
    let n = 0; const more = () => { n++; return n % 4 !== 0; };
    function a() { for (;;) { if (!more()) return; } }
    function b() { while (true) { for (;;) { if (!more()) return; } } }
    function c(x) { if (x) { do { if (!more()) return; } while (true); } else { for (const k of [1, 2, 3]) { if (k === 2) return; more(); } } }
    const d = () => { for (;;) { switch (n % 3) { case 0: return; default: more(); } } };
    const e = { m() { for (;;) { try { if (!more()) return; } finally { print("f"); } } } };
    function g() { let k = 0; for (;;) { if (k < 2) { k++; } else { return; } } return; }
    function h() { for (let i = 0; i < 3; i++) { const f = () => { for (;;) if (i >= 0) return; }; f(); if (i === 1) return; } }
    print(a(), n, b(), n, c(1), n, c(0), n, d(), n, e.m(), n, g(), n, h(), n);`,
  "strings that grow while they are read": `
    let s = "a"; const grow = () => { s += "b"; return "-"; };
    print(s + grow()); print(s + (s += "c"), s === (s += "d"), s < (s += "e"));
    print((s.length ? s : "") < \`\${(s += "f")}\`, (s += "") === (s += "g"), s); s += grow(); print(s); const o = { t: "q", up() { this.t += "r"; return "|"; } };
    print(o.t + o.up(), o.t + (o.t += "z")); o.t += o.up(); print(o.t); const l = ["x"]; print(l[0] + (l[0] += "y"), l[0]);`,
  "getters, setters, computed keys": `
    const k = "key"; let hidden = 1;
    const o = { get x() { return hidden; }, set x(v) { hidden = v; }, [k + 1]: 2, ["m"]() { return this.key1; } };
    o.x += 5; print(o.x, o.key1, o.m()); print("x" in o, "y" in o);
    class A { static get s() { return 1; } get [k]() { return 2; } } print(A.s, new A().key);`,
  "try and finally": `
    function f(n) { try { if (n === 1) return "r"; if (n === 2) throw "t"; print("body"); } catch (e) { return "c" + e; } finally { print("f" + n); } return "end"; }
    print(f(0), f(1), f(2));
    function g() { for (let i = 0; i < 3; i++) { try { if (i === 0) continue; if (i === 1) break; } finally { print("fin", i); } } return "out"; } print(g());
    const h = () => { try { throw 1; } catch { return "caught"; } }; print(h());
    function o() { try { return 1; } finally { return 2; } } print(o());`,
  "finally that throws, catches and jumps": `
    const bad = (v) => { throw v; }, safe = () => { try { bad("safe"); } catch (e) { print(e); } };
    function all(how, end) {
      outer: for (let i = 0; i < 3; i++) {
        for (const x of [1, 2]) {
          try {
            try {
              print("try", i, x);
              switch (how) {
                case 0: break; case 1: break outer; case 2: continue outer; case 3: bad("b"); case 4: return; case 5: return "r" + x;
                default: if (x === 2) continue; for (;;) { if (i) return "deep"; break; }
              }
              print("body");
            } catch (e) { print("caught", e); if (i === 1) return "c"; throw e + "!"; }
            finally { safe(); if (end === 1 && i === 1) bad("f"); if (end === 2) continue; if (end === 3 && x === 2) break outer; if (end === 4 && i) return "end"; }
          } finally { print("outer"); safe(); }
        }
      }
      return "done";
    }
    for (let how = 0; how < 7; how++) for (let end = 0; end < 5; end++) { try { print(how, end, all(how, end)); } catch (e) { print(how, end, "threw", e); } }
    const nest = (n) => { try { if (n === 0) throw "n"; return nest(n - 1); } finally { safe(); n--; print(n); } };
    try { nest(2); } catch (e) { print(e); }
    const made = []; for (let i = 0; i < 3; i++) { try { made.push(() => i); if (i === 1) continue; } finally { print(made[i]()); } } print(made.map((f) => f()).join());
    if (made.length) try { print("bare"); } finally { safe(); }
    l: try { if (made.length) break l; print("no"); } finally { safe(); }
    switch (1) { case 1: try { break; } finally { safe(); } default: print("no"); }
    class Lock { held = false; count = 0; run(f) { try { this.held = true; return f(); } finally { this.held = false; this.count++; } } }
    const lock = new Lock(); try { lock.run(() => bad("in")); } catch (e) { print(e, lock.held, lock.count); } print(lock.run(() => lock.held), lock.held, lock.count);`,
  "do loops": `
    let n = 0; do { try { n++; if (n === 2) continue; if (n > 3) break; } catch (e) { print(e); } } while (n < 10); print(n);
    do try { n--; } finally { print("f"); } while (n > 2);
    for (let i = 0; i < 3; i++) { switch (i) { case 0: break; case 1: do { n++; if (n === 5) continue; } while (n < 8); print("one", n); break; default: do n--; while (n > 6); print("two", n); } }`,
  modules: {
    main: `import make, { count, bump, Shape as S } from "./shapes"; import * as all from "./shapes";
      bump(); bump(); print(count, make(3).area(), all.count, new S(2) instanceof all.Square); export const unused = 1;`,
    shapes: `export let count = start(); export function bump() { count += step(); } function start() { return base; } const step = () => 1; var base = 40;
      export default function make(n) { return new Square(n); }
      class Shape { constructor(n) { this.n = n; } } class Square extends Shape { area() { return this.n * this.n; } } export { Shape, Square };`,
  },
  "modules that import each other": {
    main: `import { isEven } from "./even"; print(isEven(4), isEven(7));`,
    even: `import { isOdd } from "./odd"; export function isEven(n) { return n === 0 || isOdd(n - 1); }`,
    odd: `import { isEven } from "./even"; export function isOdd(n) { return n !== 0 && isEven(n - 1); }`,
  },
  "state functions as the task compiler emits them": `
    let N = s0, R = 0; const PENDING = 1;
    function make(limit) {
      let i = 0, total = 0;
      return s0;
      function s0() { if (i < limit) { N = s1; return PENDING; } R = total; return 0; }
      function s1() { total += i++; return s0; }
    }
    function s0() { return make(4); }
    for (let r = N(); r; r = r === PENDING ? N() : r()); print(R);
    const tasks = [1, 2].map((n) => { let left = n; return { poll: () => --left < 0 }; });
    let rounds = 0; while (tasks.some((t) => !t.poll())) rounds++; print(rounds);`,
  "enums and namespaces": `
    enum Level { Low, High = 5, Top } namespace N { export const a = 1; export function f() { return a + Level.Top; } }
    interface I { x: number } type T = I | null; const t: T = { x: Level.High }; print(t!.x, Level[5], N.f(), (t as I).x satisfies number);
    abstract class Q<V> { constructor(protected readonly v: V, public w = 2) {} abstract g(): V; } class R extends Q<number> { g() { return this.v + this.w; } } print(new R(1).g());`,
  "fields of a subclass, set behind the call of super": `
    class A { v = 1; constructor(x) { this.v = x; this.a = 5; } }
    class Joined extends A { v = 2; #p = 3; constructor(x) { super(x), this.#p += x; print(this.v, this.#p); } }
    class Tested extends A { v; b = this.a * 2; constructor(x) { if (super(x), x > 1) print("big"); else print("small"); print(this.v, this.b); } }
    class Given extends A { v = 7; constructor(x) { return super(x), x > 3 ? { v: this.v + 1 } : this; } }
    class Thrown extends A { v = 7; constructor(x) { if (x < 4) super(x); throw super(x), "too " + this.v; } }
    class Counted extends A { v = 7; constructor(x) { for (super(x); x > 0; x--) this.v += x; } }
    class Chosen extends A { v = 7; constructor(x) { switch (super(x), this.v) { case 7: print("seven"); break; default: print("other"); } } }
    class Listed extends A { v = 7; constructor(x) { for (const k of (super(x), [this.v, x])) print(k); } }
    new Joined(4); new Tested(1); new Tested(2); print(new Given(1).v, new Given(4).v, new Counted(2).v);
    try { new Thrown(5); } catch (e) { print(e); } new Chosen(1); new Listed(8);`,
  "generated names beside the author's": `
    const _a = 1, _i = 2, t = 3, to = 4, again = 5, place = 6; const { x = _a } = {}; let y = t;
    for (const v of [_i]) y += ((w) => { y = 0; return w; })(v);
    o: for (;;) { for (;;) { break o; } } do { try { y++; } catch {} } while (y < 0);
    switch (y) { case 1: y = 2; default: y += 10; case 3: y += 20; } print(x, y, to, again, place);`,
};

/** All modules of a program. */
export const modulesOf = (program: string | Modules): Modules =>
  typeof program === "string" ? { main: program } : program;

/** Those whose helpers rely on what only Espruino has. */
export const ENGINE_PROGRAMS: Readonly<Record<string, string>> = {
  "Map, Set and iterables of one's own": `
    const m = new Map([["a", 1], ["b", 2], ["c", 3]]), r = [];
    for (const [k, v] of m) { r.push(k + v); if (k === "a") { m.delete("b"); m.set("d", 4); } }
    for (const k of m.keys()) m.delete(k);
    print(r.join(), m.size, [...new Set([1, 2, 1])].join(), Math.max(...new Set([3, 9])));
    let closed = 0;
    const numbers = { [Symbol.iterator]() { let i = 0; return { next: () => ({ done: i > 9, value: i++ }), return() { closed++; return {}; } }; } };
    outer: for (const x of [1, 2]) for (const y of numbers) { if (y > x) continue outer; print(x, y); }
    const [a, , b] = numbers; print(a, b, closed, Object.keys(numbers).length);
    class Pair { #x; #y; constructor(x, y) { this.#x = x; this.#y = y; } *[Symbol.iterator]() { yield this.#x; yield this.#y; } }
    print([...new Pair(5, 6)].join(), JSON.stringify(new Pair(1, 2)), Array.from(new Pair(7, 8), (x) => x * 2).join());`,
  "expressions that the engine gets wrong": `
    print("2.5 hrs".replace(/^(-?(?:\\d+)?\\.?\\d+) *(h|hrs?)?$/i, "$1|$2"), "1234567".replace(/\\B(?=(\\d{3})+(?!\\d))/g, ","));
    print("a1b22".split(/(\\d+)/).join("/"), "<a><b>".match(/<(.+?)>/)[1], "x-y_z".match(/[a-z]|_/g).join(), "aa".match(/b/g));
    const part = "[a-f\\\\d]{2}"; print(new RegExp("^#?(" + part + ")(" + part + ")", "i").exec("#Ff80").slice(1).join());`,
};
