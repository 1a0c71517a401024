/** A program that throws in many places; the lines that engines should name have a comment `case NAME`. */
/* eslint-disable max-lines-per-function, @typescript-eslint/no-explicit-any, @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-assignment, @typescript-eslint/no-unsafe-return */
import { ms, sleep, spawn, task } from "dormouse";
import type { Board, Console } from "dormouse/hal";
import { check, Gauge, type Deep } from "./throws-helper.js";

const deep: Deep = {};

function nothing(): any {
  return undefined;
}

async function inner(out: Console, n: number): Promise<number> {
  await sleep(ms(1));
  if (n === 0) {
    out.write("x");
    throw new Error("inner"); // case inner
  }
  return n;
}

/** Where to throw; the test defines it. */
declare const CASE: string;

const run = task(async function run(out: Console, name: string) {
  try {
    let sum = 0;
    for (let i = 0; i < 3; i++) {
      await sleep(ms(1));
      sum += i;
    }
    switch (name) {
      case "inner":
        sum += await inner(out, 0);
        break;
      case "helper":
        sum += check(sum) + 1;
        break;
      case "getter": {
        const gauge = new Gauge();
        sum += (await inner(out, 1)) + gauge.level;
        break;
      }
      case "static":
        Gauge.make("{");
        break;
      case "chain":
        sum += deep
          .a!.b! // case chain
          .c();
        break;
      case "arrow": {
        const list = [1, 2, 3].map((x) => {
          const y = x + sum;
          if (y > 4) throw new Error("arrow"); // case arrow
          return y;
        });
        out.write(String(list));
        break;
      }
      case "condition":
        while (
          nothing()[name] // case condition
        )
          await sleep(ms(1));
        break;
      case "template":
        out.write(
          `a ${await inner(out, 3)} b ${
            nothing()() // case template
          }`,
        );
        break;
      case "pattern": {
        const [, [c]] = [await inner(out, 2), nothing()]; // case pattern
        out.write(String(c));
        break;
      }
      case "finally":
        try {
          await sleep(ms(1));
          sum++;
        } finally {
          await sleep(ms(1));
          if (sum > 0) throw new Error("finally"); // case finally
        }
        break;
      case "arguments":
        out.write(
          [
            await inner(out, 1),
            nothing()(), // case arguments
          ].join(),
        );
        break;
      case "object": {
        const o = {
          a: 1,
          f() {
            return this.a + nothing().x; // case object
          },
        };
        await sleep(ms(1));
        out.write(String(o.f()));
        break;
      }
      case "default": {
        const f = (a: number, b = nothing()()) => a + b; // case default
        await sleep(ms(2));
        out.write(String(f(1)));
        break;
      }
    }
  } catch (error) {
    out.write(`stack ${String((error as Error).stack)}`);
  }
});

export default function main(board: Board): void {
  spawn(run, board.console, CASE);
}
