/** Files of a user of the package: a program that tries again, and a script that bundles with Rollup. */
export const TRIES = `
import { ms, retry, sleep, spawn, task } from "dormouse";
import type { Board, OutputPin } from "dormouse/hal";

const blink = task(async function blink(led: OutputPin) {
  const last = await retry(async (attempt) => {
    led.toggle();
    if (attempt < 3) throw new Error("again");
    return attempt;
  }, { first: ms(100), factor: 1 });
  await sleep(ms(last));
});

export default function main(board: Board): void {
  spawn(blink, board.output("LED1"));
}
`;

export const ROLLUP = `
import { rollup } from "rollup";
import dormouse from "dormouse/rollup";

const [, , input, file] = process.argv;
try {
  const bundle = await rollup({ input: [input], plugins: [dormouse()] });
  await bundle.write({ file, sourcemap: true });
} catch ({ code, pluginCode, message, loc, frame, stack }) {
  console.log(JSON.stringify({ code, pluginCode, message, loc, frame, stack }));
}
`;
