/** A task switch on XS: what it allocates, and what it costs against a native await. */
import { findXs } from "../../cli/engines/find.js";
import { countInstructions, findValgrind } from "../measure/callgrind.js";
import { median, slope } from "../measure/statistics.js";
import { openRounds, xsScripts, type Side, type XsRounds } from "../measure/xs-rounds.js";
import type { Found, Group } from "../rows.js";

const SWITCHES = 20_000;
const ROUNDS = 11;
const WARM_UP = 2;
/** Few enough that native awaits do not fill the heap: a collection would hide what they take. */
const COUNTED_AWAITS = 200;
const WHAT =
  "two tasks and yieldNow(), minified for Moddable, against two async functions and `await undefined`";

export const xsSwitch: Group = {
  title: "switch on XS",
  rows: [
    { id: "xs-slots", engine: "xs", unit: "slots/switch", limit: 0 },
    { id: "xs-heap-growth", engine: "xs", unit: "bytes", limit: 0 },
    { id: "xs-slots-await", engine: "xs", unit: "slots/switch" },
    { id: "xs-switch", engine: "xs", unit: "x native await", limit: 1 },
    { id: "xs-switch-instructions", engine: "xs", unit: "x native await", limit: 1 },
  ],
  missing: () => findXs().missing,

  async measure(say) {
    const binary = findXs().path ?? "";
    const scripts = await xsScripts();
    const rounds = await openRounds(binary, scripts);
    try {
      say("slots");
      const slots = await slotsOf(rounds);
      say("time");
      const time = await timeRatio(rounds);
      say("instructions");
      return {
        ...slots,
        "xs-switch": time,
        "xs-switch-instructions": await instructionRatio(binary, scripts),
      };
    } finally {
      await rounds.close();
    }
  },
};

async function slotsOf(rounds: XsRounds): Promise<Record<string, Found>> {
  const own = await growth(rounds, "program", SWITCHES);
  const peer = await growth(rounds, "peer", COUNTED_AWAITS);
  const note = `currentHeapCount after gc(), a round of ${2 * SWITCHES} switches against those of ${SWITCHES} around it`;
  return {
    "xs-slots": { value: own.slots, note },
    "xs-heap-growth": {
      value: own.bytes,
      note: `bytes that XS took from the system over ${SWITCHES} switches`,
    },
    "xs-slots-await": {
      value: peer.slots,
      note: `the same for \`await undefined\`, ${COUNTED_AWAITS} switches`,
    },
  };
}

async function growth(
  rounds: XsRounds,
  side: Side,
  switches: number,
): Promise<{ slots: number; bytes: number }> {
  for (let i = 0; i < WARM_UP; i++) await rounds.play(side, 2 * switches);
  const short = (await rounds.play(side, switches)).meter;
  const long = (await rounds.play(side, 2 * switches)).meter;
  // Asking the engine costs a slot now and then: the mean of the rounds around the long one has seen as many questions.
  const after = (await rounds.play(side, switches)).meter;
  const shortCount = (short.currentHeapCount + after.currentHeapCount) / 2;
  return {
    slots: slope(shortCount, long.currentHeapCount, switches),
    bytes: long.allocate - short.allocate,
  };
}

async function timeRatio(rounds: XsRounds): Promise<Found> {
  const times = { program: [] as number[], peer: [] as number[] };
  for (let i = 0; i < ROUNDS; i++) {
    for (const side of ["program", "peer"] as const) {
      times[side].push(Number((await rounds.play(side, SWITCHES)).text));
    }
  }
  const [own, other] = [median(times.program), median(times.peer)];
  const perSwitch = [own, other].map((ms) => ((ms / SWITCHES) * 1e6).toFixed(0)).join(" / ");
  return {
    value: own / other,
    note: `${WHAT}; medians of ${ROUNDS} rounds by turns in one engine, ${perSwitch} ns`,
  };
}

async function instructionRatio(binary: string, scripts: readonly string[]): Promise<Found> {
  const valgrind = findValgrind();
  if (valgrind === undefined) return { skipped: "counted with valgrind, which is not on the PATH" };
  const count = (side: Side, switches: number): Promise<number> =>
    countInstructions(valgrind, binary, async (program) => {
      const rounds = await openRounds(program, scripts);
      await rounds.play(side, switches);
      await rounds.close();
    });
  const cost = async (side: Side): Promise<number> =>
    slope(await count(side, 500), await count(side, 2500), 2000);
  const [own, other] = [await cost("program"), await cost("peer")];
  const note = `the same, counted with callgrind over 2000 switches: ${own.toFixed(0)} / ${other.toFixed(0)}`;
  return { value: own / other, note };
}
