/** Names of patterns, of loops over lists and of parameters, used before they have a value: in what is taken apart, in defaults, through closures. */
/* eslint-disable -- it writes what nobody should */
// @ts-nocheck -- TypeScript sees most of it
import { spawn, task, yieldNow } from "dormouse";
import type { Board, Console } from "dormouse/hal";
let out: Console;
const w = (...all: unknown[]): void => out.write(all.map(String).join(" "));
async function a<T>(v: T): Promise<T> {
  await yieldNow();
  return v;
}
const closures = task(async function closures() {
  for (let x of [1, 2]) {
    try {
      const f = async (p: number) => (await a(1), [x, p]);
      let [, x = 4] = [await f(1), await a(5)];
      w("never", x);
    } catch (e) {
      w(1, e.name);
    }
    try {
      const f = async (p: number) => (await yieldNow(), p + x);
      let { x = await f(1) } = {};
      w("never", x);
    } catch (e) {
      w(2, e.name);
    }
    try {
      const f = async (p: number) => (await yieldNow(), p + x);
      let { y, x } = { y: await f(1), x: 2 };
      w("never", x, y);
    } catch (e) {
      w(3, e.name);
    }
    const f = async (p: number) => (await yieldNow(), p + z);
    let [y, z] = [await a(x), 3];
    w("fine", y, await f(1));
  }
});
const places = task(async function places() {
  try {
    for (const [x] of [[x]]) w(await a(x));
  } catch (e) {
    w(4, e.name);
  }
  try {
    for (const x of [(await a(1), x)]) w(await a(x));
  } catch (e) {
    w(5, e.name);
  }
  try {
    const [x] = [await a(1), x];
    w(x);
  } catch (e) {
    w(6, e.name);
  }
  try {
    const { x, y = x, z = await a(y) } = { x: 1 };
    w(x, y, z);
    const [u = v, v] = [await a(undefined), 2];
  } catch (e) {
    w(7, e.name);
  }
  try {
    let g: () => number;
    const [x = ((g = () => y), 1), y = g()] = [await a(undefined), undefined];
  } catch (e) {
    w(8, e.name);
  }
  let g: () => number;
  const [x = ((g = () => y), 1), y = 3, z = g()] = [await a(undefined), undefined];
  w(x, y, z);
});
async function inOrder(p = q, q = 1) {
  await yieldNow();
  return [p, q];
}
async function itself(p = p) {
  await yieldNow();
  return p;
}
async function taken({ p = q, q = 1 } = {}, [r] = [q]) {
  await yieldNow();
  return [p, q, r];
}
/** A default does not see the functions of the body. */
function inside() {
  return 3;
}
async function outside(p = inside()) {
  await yieldNow();
  function inside() {
    return 4;
  }
  return [p, inside()];
}
const parameters = task(async function parameters() {
  for (const call of [inOrder, itself, taken]) {
    try {
      w(await call());
    } catch (e) {
      w(9, e.name);
    }
  }
  w(await inOrder(5), await itself(6), await taken({ p: 1, q: 2 }), await outside());
});
export default function main(board: Board): void {
  out = board.console;
  spawn(closures);
  spawn(places);
  spawn(parameters);
}
