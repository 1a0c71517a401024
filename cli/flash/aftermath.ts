/** After a failure: leaves the board as whole as contact with it allows, and says what it runs. */
import type { BoardRuns } from "./errors.js";
import type { Repl } from "./repl.js";
import { BOOT, erase, STAGE, type Limits } from "./store.js";

/** How far an upload was; decides what a failure means for the board. */
export interface Progress {
  phase: "checking" | "staging" | "copying" | "direct" | "stored";
  /** Bytes written in this phase, as far as the board acknowledged them, of `total`. */
  done: number;
  total: number;
  hadProgram: boolean;
}

/** What the board runs, and the sentence that tells the user. */
export interface Aftermath {
  readonly runs: BoardRuns;
  readonly state: string;
}

/** Cleans up what a failed upload left, as far as the board still answers. */
export async function aftermath(repl: Repl, progress: Progress, limits: Limits): Promise<Aftermath> {
  switch (progress.phase) {
    case "checking":
      return { runs: "old", state: "Nothing was changed on the board." };
    case "staging":
      return afterStaging(repl, progress.hadProgram, limits);
    case "copying":
      return afterCopying(repl, limits);
    case "direct":
      return afterDirect(repl, progress, limits);
    case "stored":
      return { runs: "new", state: "The new program is on the board; it starts when the board is reset." };
  }
}

/** The old program was stopped but not touched. */
async function afterStaging(repl: Repl, hadProgram: boolean, limits: Limits): Promise<Aftermath> {
  const isRestarted = await attempt(repl, limits, async () => {
    await erase(repl, STAGE, limits);
    await repl.send("load()");
    // A port that is closed at once may take the last line with it.
    await repl.listen(50, 300);
  });
  if (!hadProgram) return { runs: "none", state: "The board has no program, as before. Flash again." };
  if (isRestarted) return { runs: "old", state: "The old program is untouched and runs again." };
  return { runs: "old", state: "The old program is untouched; it runs again once the board is reset." };
}

/** The copy runs on the board by itself, so without contact nobody knows how it ended. */
async function afterCopying(repl: Repl, limits: Limits): Promise<Aftermath> {
  if (await attempt(repl, limits, () => eraseBoth(repl, limits))) return erased();
  const state =
    "After a reset the board runs the new program or none, never half of it. Reset it and flash again.";
  return { runs: "unknown", state };
}

async function afterDirect(repl: Repl, { done, total }: Progress, limits: Limits): Promise<Aftermath> {
  if (await attempt(repl, limits, () => eraseBoth(repl, limits))) return erased();
  if (done > 0 && done < total) {
    const state =
      "The old program is gone, the new one is incomplete and does not run. Reset the board and flash again.";
    return { runs: "none", state };
  }
  const which = done === 0 ? "the old program or none" : "the new program";
  return { runs: "unknown", state: `After a reset the board runs ${which}. Reset it and flash again.` };
}

function erased(): Aftermath {
  return { runs: "none", state: "The faulty copy was erased: the board now has no program. Flash again." };
}

async function eraseBoth(repl: Repl, limits: Limits): Promise<void> {
  await erase(repl, BOOT, limits);
  await erase(repl, STAGE, limits);
}

/** Whether `cleanUp` was done; false without contact. */
async function attempt(repl: Repl, limits: Limits, cleanUp: () => Promise<void>): Promise<boolean> {
  if (repl.isLost) return false;
  try {
    await repl.wake(limits.answerMs);
    await cleanUp();
    return true;
  } catch {
    // The failure that brought us here is the one worth telling.
    return false;
  }
}
