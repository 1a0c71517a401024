/** Random selects and timeouts. */
import type { Dice, Expressions, Place } from "./expressions.js";
import { line, type Statement } from "./tree.js";

/** A select or timeout; what wins is known by time alone. */
export function race(dice: Dice, expressions: Expressions, { callees }: Place): Statement {
  const mark = expressions.mark();
  const arm = (): string => {
    const callee = callees.length > 0 ? dice.pick(callees) : undefined;
    const choices = [
      `sleep(ms(${2 * dice.int(4)}))`,
      `value@(${expressions.leaf()})`,
      `box@(${expressions.leaf()})`,
      "channel@.receive()",
      `echo@(${expressions.leaf()})`,
    ];
    if (callee !== undefined)
      choices.push(`${callee}(${expressions.leaf()})`, `${callee}(${expressions.leaf()}, 2)`);
    return dice.pick(choices);
  };
  if (dice.oneIn(2)) return line(`L(@, ${mark}, show(await timeout(${arm()}, ms(${2 * dice.int(5)}))));`);
  const arms = ["one", "two", "three"].slice(0, 1 + dice.int(3)).map((name) => `${name}: ${arm()}`);
  return line(`L(@, ${mark}, show(await select({ ${arms.join(", ")}, last: sleep(ms(8)) })));`);
}
