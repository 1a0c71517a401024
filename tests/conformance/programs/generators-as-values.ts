/** Generators as values in tasks: asked by hand, kept over waits, delegated to, spread, taken apart. */
/* eslint-disable -- it writes what nobody should */
import { ms, sleep, spawn, task, yieldNow } from "dormouse";
import type { Board, Console } from "dormouse/hal";
let out: Console;
const log = (name: string, value?: unknown): void =>
  out.write(`${name} ${value === undefined ? "undefined" : JSON.stringify(value)}`);
async function a<T>(v: T): Promise<T> {
  await yieldNow();
  return v;
}
function* count(n: number): Generator<number, string, unknown> {
  try {
    for (let i = 0; i < n; i++) {
      const got = yield i;
      if (got !== undefined) log("got", got);
    }
    return "done";
  } catch (e) {
    log("caught", (e as Error).message);
    yield -1;
    return "c";
  } finally {
    log("fin");
  }
}
function* both(): Generator<number, void, unknown> {
  const r = yield* count(2);
  log("r", r);
  yield* [7, 8];
}
class Tree {
  constructor(
    readonly v: number,
    readonly kids: Tree[] = [],
  ) {}
  *[Symbol.iterator](): Generator<number> {
    yield this.v;
    for (const k of this.kids) yield* k;
  }
  *named(k: number) {
    yield this.v + k;
  }
}
function take(it: Iterator<number>, n: number) {
  const r: number[] = [];
  for (let i = 0; i < n; i++) {
    const s = it.next();
    if (s.done) break;
    r.push(s.value);
  }
  return r;
}
const gens = task(async function gens() {
  const g = count(3);
  log("n", g.next());
  await a(0);
  log("n", g.next(await a("x")));
  log("ret", g.return(await a("early")));
  log("n", g.next());
  const t = count(3);
  t.next();
  log("throw", t.throw(new Error(await a("bad"))));
  log("n", t.next());
  log("spread", [...both(), await a(9)]);
  const [x, y] = count(5);
  log("d", [x, y]);
  log(
    "from",
    Array.from(count(3), (v) => v * 2),
  );
  const h = count(4);
  log("take", take(h, 2));
  await sleep(ms(1));
  log("rest", [...h]);
  const tree = new Tree(1, [new Tree(2, [new Tree(3)]), new Tree(4)]);
  for (const v of tree) {
    await a(0);
    log("tree", v);
    if (v === 3) break;
  }
  const it = tree[Symbol.iterator]();
  let s = it.next();
  while (!s.done) {
    log("it", await a(s.value));
    s = it.next();
  }
  for (const v of tree.named(await a(5))) log("named", v);
  const lazy = {
    *[Symbol.iterator]() {
      yield* both();
    },
  };
  log("m", new Map([...lazy].map((v) => [v, v])).size);
  log("max", Math.max(...tree));
  const gs = [count(1), count(2)];
  for (const each of gs) {
    for (const v of each) {
      await a(0);
      log("each", v);
    }
  }
  function* local(k: number): Generator<number, void, any> {
    const z = yield k;
    log("z", z ?? null);
  }
  const l = local(await a(2));
  l.next();
  l.next(await a(3));
  for (const [i, v] of [...count(2)].entries()) log("entry", [i, v]);
  const set = new Set(tree);
  log("set", set.size);
});
export default function main(board: Board): void {
  out = board.console;
  spawn(gens);
}
