/** Random selects and timeouts. */
import type { Dice, Expressions, Place } from "./expressions.js";
import { line, type Statement } from "./tree.js";
import type { ValueUses } from "./values.js";

/** A select or timeout; what wins is known by time alone. */
export function race(dice: Dice, expressions: Expressions, values: ValueUses, place: Place): Statement {
  const mark = expressions.mark();
  const { callees } = place;
  const arm = (depth: number): string => {
    const callee = callees.length > 0 ? dice.pick(callees) : undefined;
    const choices = [
      `sleep(ms(${2 * dice.int(4)}))`,
      `value@(${expressions.leaf()})`,
      `box@(${expressions.leaf()})`,
      "channel@.receive()",
      `echo@(${expressions.leaf()})`,
      values.arm(place),
    ];
    if (depth > 0) choices.push(limited(depth), selected(depth));
    if (callee !== undefined)
      choices.push(`${callee}(${expressions.leaf()})`, `${callee}(${expressions.leaf()}, 2)`);
    return dice.pick(choices);
  };
  const limited = (depth: number): string => `timeout(${arm(depth - 1)}, ms(${2 * dice.int(5)}))`;
  const selected = (depth: number): string => {
    const names = ["one", "two", "three"].slice(0, 1 + dice.int(3));
    const arms = names.map((name) => `${name}: ${arm(depth - 1)}`);
    return `select({ ${arms.join(", ")}, last: sleep(ms(8)) })`;
  };
  const whole = dice.oneIn(2) ? limited(2) : selected(2);
  return line(`L(@, ${mark}, show(await ${whole}));`);
}
