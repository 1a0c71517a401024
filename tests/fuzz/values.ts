/** Random uses of async functions as values: arguments, lists, fields, and what plain functions make. */
import type { Dice, Expressions, Place } from "./expressions.js";
import type { Names } from "./names.js";
import { line, type Statement } from "./tree.js";

/** Functions of all programs that run values. */
export const VALUES = `type Op@ = (x: number) => Promise<number>;
interface Two@ { readonly k: number; m(z: number): Promise<number>; readonly f: Op@ }
async function run@(op: Op@, x: number): Promise<number> { return ((await op(x)) + 1) | 0; }
async function guard@(op: Op@, x: number): Promise<number> {
  try { return await op(x); } finally { await yieldNow(); L(@, 0, "guarded"); }
}
async function sum@(...ops: Op@[]): Promise<number> {
  let all = 0;
  for (const op of ops) all = (all + (await op(all))) | 0;
  return all;
}
async function both@(two: Two@, x: number): Promise<number> { return ((await two.m(x)) + (await two.f(x))) | 0; }
function maker@(n: number): Op@ {
  return async (x) => { await yieldNow(); n = (n + x) | 0; return n; };
}
async function slow@(x: number): Promise<number> { await sleep(ms(2)); return (x + 1) | 0; }`;

/** Makes statements that run values. */
export class ValueUses {
  constructor(
    private readonly dice: Dice,
    private readonly expressions: Expressions,
    private readonly names: Names,
  ) {}

  /** An async function that may hold what it sees. What it calls runs no values, or there would be cycles. */
  value(): string {
    const place: Place = { canAwait: true, callees: [] };
    const e = (size: number): string => this.expressions.number(place, size);
    const around = this.expressions.leaf();
    return this.names.inScope(() => {
      this.names.add("z", "number");
      return this.dice.pick([
        () => `async (z) => ${e(2)}`,
        () => `async (z) => { await yieldNow(); return ${e(2)}; }`,
        () =>
          this.names.withoutThis(
            () =>
              `async function (z) { const before = ${e(1)}; await sleep(ms(2)); return (before + ${e(1)}) | 0; }`,
          ),
        () =>
          `async (z) => { try { await sleep(ms(2)); return ${e(1)}; } finally { await yieldNow(); ${e(2)}; } }`,
        () => `(z) => value@(${this.expressions.number({ canAwait: false, callees: [] }, 1)})`,
        () => "value@",
        () => "slow@",
        () => `maker@(${around})`,
      ])();
    });
  }

  statement(place: Place, label: number): Statement {
    const e = (size = 1): string => this.expressions.number(place, size);
    const log = (text: string): Statement => line(`L(@, ${this.expressions.mark()}, ${text});`);
    const list = (): string =>
      [this.value(), this.value(), this.value()].slice(0, 1 + this.dice.int(3)).join(", ");
    const name = `op${label}`;
    return this.dice.pick([
      () => log(`await run@(${this.value()}, ${e()})`),
      () => log(`await guard@(${this.value()}, ${e()})`),
      () => log(`await sum@(${list()})`),
      () => log(`await (${this.expressions.test(place, 1)} ? value@ : slow@)(${e()})`),
      () => log(`await maker@(${e()})(${e()})`),
      () => ({ parts: [`for (const ${name} of [${list()}]) `, [log(`await ${name}(${e()})`)]] }),
      () => ({
        parts: [
          [
            line(`const ${name} = ${this.value()};`),
            log(`await ${name}(${e()})`),
            log(`await run@(${name}, ${e()})`),
          ],
        ],
      }),
      () =>
        log(
          `await both@({ k: ${e()}, async m(z) { await yieldNow(); return (this.k + z) | 0; }, f: ${this.value()} }, ${e()})`,
        ),
    ])();
  }

  /** An arm that is found when it runs. */
  arm(place: Place): string {
    const leaf = (): string => this.expressions.leaf();
    const arms = [
      `run@(${this.value()}, ${leaf()})`,
      `(${this.expressions.test({ ...place, canAwait: false }, 1)} ? value@ : slow@)(${leaf()})`,
      `${this.expressions.test({ ...place, canAwait: false }, 1)} ? slow@(${leaf()}) : sleep(ms(${2 * this.dice.int(4)}))`,
    ];
    return this.dice.pick(arms);
  }
}
