/** Random races: selects and their like, timeouts and deadlines, in each other. */
import type { Around } from "./around.js";
import type { Dice, Expressions } from "./expressions.js";
import { line, type Statement } from "./tree.js";
import type { ValueUses } from "./values.js";

const NAMES = ["one", "two", "three"];

/** A race; what wins is known by time alone. */
export function race(dice: Dice, expressions: Expressions, values: ValueUses, around: Around): Statement {
  const mark = expressions.mark();
  const { place } = around;
  const { callees } = place;
  const makers = ["select", "select", "race", "any", "all", ...(around.takesTurns ? ["fairSelect"] : [])];
  const arm = (depth: number): string => {
    const callee = callees.length > 0 ? dice.pick(callees) : undefined;
    const choices = [
      `sleep(ms(${2 * dice.int(4)}))`,
      `value@(${expressions.leaf()})`,
      `box@(${expressions.leaf()})`,
      "channel@.receive()",
      `echo@(${expressions.leaf()})`,
      "yieldNow()",
      values.arm(place),
    ];
    if (depth > 0) choices.push(limited(depth), several(depth), several(depth));
    if (callee !== undefined)
      choices.push(`${callee}(${expressions.leaf()})`, `${callee}(${expressions.leaf()}, 2)`);
    return dice.pick(choices);
  };
  const limited = (depth: number): string => {
    const span = `ms(${2 * dice.int(5)})`;
    const inner = arm(depth - 1);
    return dice.oneIn(4) ? `deadline(${inner}, (now() + ${span}) | 0)` : `timeout(${inner}, ${span})`;
  };
  const several = (depth: number): string => {
    const maker = dice.pick(makers);
    const arms = NAMES.slice(0, 1 + dice.int(3)).map((name) => `${name}: ${arm(depth - 1)}`);
    // One that ends by itself, or a race could wait for good.
    const last = `last: ${maker === "all" ? "sleep(ms(2))" : "sleep(ms(8))"}`;
    return `${maker}({ ${[...arms, last].join(", ")} })`;
  };
  const whole = dice.oneIn(2) ? limited(2) : several(2);
  return line(`L(@, ${mark}, show(await ${whole}));`);
}
