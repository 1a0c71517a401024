/** What tasks may throw besides errors: each ends its task alone, whatever it does when it is looked at. */
import { faultCount, lastFault, ms, onUnhandledFault, settled, sleep, spawn, task } from "dormouse";
import type { Board, Console } from "dormouse/hal";

let out: Console;

const ODD: readonly unknown[] = [
  null,
  undefined,
  "a text",
  404,
  false,
  {},
  { code: "E_OWN" },
  { name: 7, code: 8 },
  {
    toString(): string {
      throw new Error("no text");
    },
  },
  {
    get name(): string {
      throw new Error("no name");
    },
  },
  Object.freeze(new RangeError("frozen")),
  () => "a function",
  [1, 2],
];

const thrower = task(
  async function thrower(i: number) {
    await sleep(ms(1));
    throw ODD[i];
  },
  { onFault: { restarts: 1 } },
);

const boss = task(async function boss() {
  for (let i = 0; i < ODD.length; i++) {
    const how = await settled(spawn(thrower, i));
    const fault = lastFault();
    out.write(`${i} ${how} ${fault === undefined ? "none" : fault.code} ${faultCount()}`);
  }
});

export default function main(board: Board): void {
  out = board.console;
  onUnhandledFault((name, error) => {
    out.write(`${name} ${typeof error}`);
  });
  spawn(boss);
}
