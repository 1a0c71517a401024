/** What all random programs have. */
import { FORMS } from "./forms.js";
import { VALUES } from "./values.js";

/** Functions that programs call. `@` stands for the number of the program. */
export const PRELUDE = `${VALUES}
${FORMS}
const channel@ = new Channel<number>(8);
function echo@(x: number): Future<number> { channel@.trySend(x); return channel@.receive() as Future<number>; }
async function value@(x) { await yieldNow(); return x; }
async function box@(x) { await sleep(ms(2)); return new Box(x); }
async function getter@() { await yieldNow(); return self; }
function* upTo@(n: number) { try { for (let i = 0; i < (n & 3); i++) yield i; } finally { L(@, 0, "closed"); } }
const kept@ = [], spare@ = [1, 2], spareObject@ = { x: 1, y: 2 };`;
