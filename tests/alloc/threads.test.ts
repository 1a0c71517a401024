// @timeout 300
/** What messages between threads allocate, counted without a JIT: nothing, where they are whole numbers. */
import { getHeapStatistics } from "node:v8";
import * as assert from "uvu/assert";
import type { threads } from "../../targets/node/index.js";
import { buildShared } from "../support/shared-build.js";
import { suite } from "../support/suite.js";
import type * as programs from "../threads/programs/sync-alloc.js";

const test = suite("alloc: threads");

declare const gc: () => void;

const SHORT = 500;
const LONG = 5500;
const TRIES = 8;

type Built = typeof programs & { readonly threads: typeof threads };

test("messages, permits, values and blocks of all threads allocate nothing", async () => {
  Object.assign(globalThis, { used: () => getHeapStatistics().used_heap_size });
  const { built, program } = await buildShared<Built>("sync-alloc", ["threads"]);
  const pool = built.threads({ workers: 1, flavor: "currentThread", program });
  const bytesOf = async (what: number, count: number): Promise<number> => {
    const all: number[] = [];
    for (let i = 0; i < TRIES; i++) {
      gc();
      all.push(await pool.spawn(built.round, what, count).result);
    }
    return Math.min(...all);
  };
  const perStep = async (what: number): Promise<number> =>
    ((await bytesOf(what, LONG)) - (await bytesOf(what, SHORT))) / (LONG - SHORT);
  // The smallest object has 16 bytes; a round itself may take a few more or less.
  for (const what of [0, 1]) assert.ok((await perStep(what)) < 1);
  assert.ok((await perStep(2)) >= 16, "what the engine makes of other numbers is seen");
  await pool.close();
});
