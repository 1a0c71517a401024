// @timeout 600
/**
 * Each primitive that a task can wait for, and each way in which the wait can be given up: cancelled, timed out or lost,
 * while it waits, and when it was woken and has not run yet. A second task waits behind, and must have what the first one
 * left. One program from the table below, on every engine.
 */
import * as assert from "uvu/assert";
import { buildEspruino, buildXs } from "../../cli/build/device.js";
import { buildSim, importSim } from "../../cli/build/sim.js";
import { importUncompiled } from "../../cli/build/uncompiled.js";
import { findEspruino, findXs } from "../../cli/engines/find.js";
import { traceOnEspruino } from "../../cli/engines/run-espruino.js";
import { runSim } from "../../cli/engines/run-sim.js";
import { runXs } from "../../cli/engines/run-xs.js";
import type { Trace } from "../../cli/report/trace.js";
import { pixl } from "../../targets/espruino/index.js";
import { esp32 } from "../../targets/moddable/index.js";
import type { Scenario } from "../../targets/sim/index.js";
import { writeBlock } from "../support/documents.js";
import { suite } from "../support/suite.js";

const test = suite("conformance/sync-matrix");

/** Code about one primitive, `$`. */
interface Row {
  readonly make: string;
  /** Has those who come wait. */
  readonly block?: string;
  /** The wait of the first task, and of the one behind: `isFirst` tells. */
  readonly wait: string;
  /** Lets one task go on. */
  readonly wake: string;
  /** Whether a task that was woken has had its effect: nothing is left for the next one. */
  readonly isDone?: boolean;
}

const ROWS: readonly Row[] = [
  { make: "new Signal<number>()", wait: "$.wait()", wake: "$.set(1)" },
  { make: "new Signal<void>()", wait: "$.wait()", wake: "$.set()" },
  { make: "new Channel<number>(1)", wait: "$.receive()", wake: "$.trySend(1)" },
  {
    make: "new Channel<number>(1)",
    block: "$.trySend(1)",
    wait: "$.send(2)",
    wake: "await $.receive()",
    isDone: true,
  },
  { make: "new DropNewestChannel<number>(1)", wait: "$.receive()", wake: "$.trySend(1)" },
  { make: "new DropOldestChannel<number>(1)", wait: "$.receive()", wake: "$.trySend(1)" },
  { make: "new PriorityChannel<number>(1, (a, b) => a - b)", wait: "$.receive()", wake: "$.trySend(1)" },
  {
    make: "new PriorityChannel<number>(1, (a, b) => a - b)",
    block: "$.trySend(1)",
    wait: "$.send(2)",
    wake: "await $.receive()",
    isDone: true,
  },
  {
    make: "new Semaphore(2)",
    block: "guard = $.tryAcquire(2)",
    wait: "$.acquire(2)",
    wake: "guard?.release()",
  },
  {
    make: "new GreedySemaphore(2)",
    block: "guard = $.tryAcquire(2)",
    wait: "$.acquire(2)",
    wake: "guard?.release()",
  },
  { make: "new Mutex()", block: "guard = $.tryLock()", wait: "$.lock()", wake: "guard?.release()" },
  { make: "new RwLock()", block: "guard = $.tryWrite()", wait: "$.read()", wake: "guard?.release()" },
  { make: "new RwLock()", block: "guard = $.tryRead()", wait: "$.write()", wake: "guard?.release()" },
  { make: "new Event()", wait: "$.wait()", wake: "$.set()" },
  { make: "new AutoResetEvent()", wait: "$.wait()", wake: "$.set()" },
  { make: "new Latch(1)", wait: "$.wait()", wake: "$.countDown()" },
  {
    make: "new Barrier(3)",
    wait: "$.wait()",
    wake: "if ($.waiting < 2) { spawn(arriver, $); await yieldNow(); } await $.wait()",
  },
  {
    make: "new OnceCell<number>()",
    block: "guard = await $.init()",
    wait: "$.init()",
    wake: "guard?.release()",
  },
  { make: "new OnceCell<number>()", wait: "$.wait()", wake: "$.set(1)" },
  { make: "new Watch(1)", wait: "$.changed(1)", wake: "$.set(2)" },
  {
    make: "new PubSub<number>(1)",
    block: "one = $.subscribe(); two = $.subscribe()",
    wait: "(isFirst ? one : two).receive()",
    wake: "$.publish(1)",
  },
  { make: "new Pipe(2)", wait: "$.read(isFirst ? bytes : others)", wake: "$.tryWrite(bytes, 0, 1)" },
  {
    make: "new Pipe(1)",
    block: "$.tryWrite(bytes, 0, 1)",
    wait: "$.write(isFirst ? bytes : others)",
    wake: "$.tryRead(bytes, 0, 1)",
    isDone: true,
  },
  { make: "new ZeroCopyChannel([1])", block: "$.tryReserve()", wait: "$.reserve()", wake: "$.abandon()" },
  { make: "new ZeroCopyChannel([1])", wait: "$.receive()", wake: "$.tryReserve(); $.commit()" },
];

/** How the first task waits: the forms of a wait that can be given up. */
const FORMS: readonly ((wait: string, row: number) => string)[] = [
  (wait) => `await ${wait}`,
  (wait) => `isLate = (await timeout(${wait}, ms(2))) === TIMED_OUT`,
  (wait) => `isLate = (await select({ it: ${wait}, end: sleep(ms(2)) })).arm === "end"`,
  (_, row) => `isLate = (await timeout(wait${row}(isFirst), ms(2))) === TIMED_OUT`,
];

const HOWS = ["cancelled", "cancelled when woken", "given up"];

const LIBRARY = [...new Set(ROWS.flatMap(({ make }) => /new (\w+)/.exec(make)![1]!))]
  .concat("cancel", "ms", "select", "sleep", "spawn", "task", "timeout", "TIMED_OUT", "yieldNow")
  .concat("type Guard", "type Subscription");

/** `text` of row `i`. */
const own = (text: string, i: number): string => text.replaceAll("$", `x${i}`);

const cases = (text: (row: Row, i: number) => string): string =>
  ROWS.map((row, i) => `case ${i}: ${own(text(row, i), i)}; break;`).join("\n");

const SOURCE = `
import { ${LIBRARY.join(", ")} } from "dormouse";
import type { Board, Console } from "dormouse/hal";

${ROWS.map(({ make }, i) => `let x${i} = ${make};`).join("\n")}
let guard: Guard | null = null;
let one = x${ROWS.findIndex(({ make }) => make.includes("PubSub"))}.subscribe();
let two: Subscription<number> = one;
const bytes = new Uint8Array(3);
const others = new Uint8Array(3);
let log = "";

${ROWS.map(({ wait }, i) => own(`async function wait${i}(isFirst: boolean): Promise<void> { await ${wait}; }`, i)).join("\n")}

const waiter = task(async function waiter(row: number, form: number, isFirst: boolean) {
  const name = isFirst ? "first" : "next";
  let isLate = false;
  let goesOn = false;
  try {
    switch (row * ${FORMS.length} + form) {
      ${ROWS.flatMap(({ wait }, i) => FORMS.map((form, k) => `case ${i * FORMS.length + k}: ${own(form(wait, i), i)}; break;`)).join("\n")}
    }
    goesOn = true;
  } finally {
    log += " " + name + (goesOn ? (isLate ? " gave up" : " went on") : " left");
  }
}, { pool: 2 });

const arriver = task(async function arriver(barrier: Barrier) {
  await barrier.wait();
});

async function block(row: number): Promise<void> {
  switch (row) {
    ${cases(({ make, block = "" }) => `$ = ${make}; ${block}`)}
  }
}

async function wake(row: number): Promise<void> {
  switch (row) {
    ${cases(({ wake }) => wake)}
  }
}

async function settled(): Promise<void> {
  for (let i = 0; i < 4; i++) await yieldNow();
}

async function play(row: number, form: number, how: number): Promise<void> {
  log = "";
  await block(row);
  const first = spawn(waiter, row, form, true);
  await settled();
  const next = spawn(waiter, row, 0, false);
  await settled();
  if (how === 0) cancel(first);
  if (how === 2) await sleep(ms(3));
  await settled();
  await wake(row);
  if (how === 1) cancel(first);
  await settled();
  const seen = log;
  cancel(first);
  cancel(next);
  await settled();
  log = seen;
}

const boss = task(async function boss(out: Console) {
  for (let row = 0; row < ${ROWS.length}; row++) {
    for (let form = 0; form < ${FORMS.length}; form++) {
      for (let how = 0; how < (form === 0 ? 2 : 3); how++) {
        await play(row, form, how);
        out.write(row + " " + form + " " + how + ":" + log);
      }
    }
  }
});

export default function main(board: Board): void {
  spawn(boss, board.console);
}
`;

/** What each case says: the first one leaves or gives up, and the next one goes on, unless nothing is left for it. */
const EXPECTED: readonly string[] = ROWS.flatMap(({ isDone = false }, row) =>
  FORMS.flatMap((_, form) =>
    HOWS.slice(0, form === 0 ? 2 : 3).map((how, i) => {
      const first = how === "given up" ? "first gave up" : "first left";
      return `${row} ${form} ${i}: ${first}${isDone && how === "cancelled when woken" ? "" : " next went on"}`;
    }),
  ),
);

const SCENARIO: Scenario = { duration: 600, seed: 1, inputs: [] };

/** Says of each case that differs what it is about. */
function agrees(trace: Trace): void {
  const lines = trace.lines.map(({ text }) => text);
  const wrong = EXPECTED.flatMap((expected, i) => {
    if (lines[i] === expected) return [];
    const [row = 0, form = 0, how = 0] = (/^\d+ \d+ \d+/.exec(expected)?.[0] ?? "").split(" ").map(Number);
    const { make, wait } = ROWS[row]!;
    return [`${make}: ${FORMS[form]!(own(wait, row), row)}, ${HOWS[how]!}: ${lines[i] ?? "nothing"}`];
  });
  assert.equal([wrong, lines.length], [[], EXPECTED.length]);
}

const entry = writeBlock(SOURCE, "sync-matrix");
let golden: Trace;

test.before(async () => {
  golden = (await runSim(await importSim(await buildSim(entry, false), "sync-matrix"), SCENARIO)).trace;
});

test("what a task was promised that gives up goes to the next one", () => {
  agrees(golden);
});

test("it does uncompiled", async () => {
  agrees((await runSim(await importUncompiled(entry, "sync-matrix-uncompiled"), SCENARIO)).trace);
});

const xs = findXs();
if (xs.path === undefined) test.skip("it does on XS", xs.missing);
else {
  test("it does on XS", async () => {
    const { code } = await buildXs({ entry, board: esp32, minify: true });
    agrees(await runXs(xs.path, code, esp32, SCENARIO, golden));
  });
}

const espruino = findEspruino();
if (espruino.path === undefined) test.skip("it does on Espruino", espruino.missing);
else {
  test("it does on Espruino", async () => {
    const { code } = await buildEspruino({ entry, board: pixl, minify: true });
    const run = await traceOnEspruino(espruino.path, code, pixl, SCENARIO, golden, "virtual");
    assert.equal([...run.uncaught], []);
    agrees(run.trace);
  });
}
