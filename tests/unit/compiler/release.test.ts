// @timeout 60
/** What a task's lists and buffers take is free again after their last use, though the frame stays. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import * as assert from "uvu/assert";
import { buildSim, importSim } from "../../../cli/build/sim.js";
import type { Ticks } from "../../../core/index.js";
import { writeBlock } from "../../support/documents.js";
import { suite } from "../../support/suite.js";

const test = suite("compiler/release");

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** Whether the list of a task that runs `body` is still there 10 ms after its start. */
async function isKept(name: string, body: string): Promise<boolean> {
  const text = `
async function meanOf(list: number[]): Promise<number> {
  await sleep(ms(1));
  return list.length;
}
const t = task(async function t(out: Console) {
  const list = new Array<number>(1000).fill(1);
  (globalThis as { kept?: WeakRef<number[]> }).kept = new WeakRef(list);
  ${body}
});
export default function main(board: Board): void {
  spawn(t, board.console);
}
`;
  const { Sim, main } = await importSim(
    await buildSim(writeBlock(text, `release/${name}`, "main.ts", true), false),
    name,
  );
  const sim = new Sim().start(main).advance(10 as Ticks);
  // A WeakRef holds what it was asked for until the turn is over.
  await new Promise((resolve) => setImmediate(resolve));
  collect();
  const { kept } = globalThis as { kept?: WeakRef<object> };
  const isThere = kept?.deref() !== undefined;
  sim.advance(1 as Ticks);
  return isThere;
}

test("a list is let go of before a wait, after a call and in one branch; one that is read later is kept", async () => {
  const forever = "for (;;) await sleep(ms(1));";

  assert.is(await isKept("wait", `await sleep(ms(1)); out.write(String(list.length)); ${forever}`), false);
  assert.is(await isKept("call", `out.write(String(await meanOf(list))); ${forever}`), false);
  assert.is(
    await isKept("branch", `if ((await meanOf([1])) === 9) out.write(String(list)); ${forever}`),
    false,
  );
  assert.is(
    await isKept(
      "loop",
      `for (const each of list) if (each === 1) break; else await sleep(ms(1)); ${forever}`,
    ),
    false,
  );
  assert.is(await isKept("later", "await sleep(ms(100)); out.write(String(list.length));"), true);
});
