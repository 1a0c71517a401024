/** Starts the stored program, and hears what becomes of it. */
import { EspruinoOutput, START } from "../engines/espruino-output.js";
import type { Repl } from "./repl.js";

/** What a board said after its restart. */
export interface Restarted {
  /** The first lines the program printed. */
  readonly output: readonly string[];
  /** The error among them that stopped the program or a part of it, and where it was thrown. */
  readonly uncaught: string | undefined;
  /** Since its restart the board neither printed nor answered. */
  readonly isSilent: boolean;
}

/** How long to listen: see FlashOptions. */
export interface Patience {
  readonly listenMs: number;
  readonly quietMs: number;
  readonly answerMs: number;
  /** The author's place of a call that the board tells; see EspruinoOutput. */
  readonly placeOf?: ((call: string) => string | undefined) | undefined;
}

/** Restarts the board, and listens until the program is quiet for a while. */
export async function restart(repl: Repl, patience: Patience): Promise<Restarted> {
  await repl.send("load()");
  const lines = await repl.listen(patience.quietMs, patience.listenMs);
  const isSilent = lines.every((line) => line.trim() === "") && !(await answers(repl, patience.answerMs));
  return { ...sorted(lines, patience.placeOf), isSilent };
}

/** A port that closed counts as an answer: some boards leave theirs as they restart. */
async function answers(repl: Repl, limitMs: number): Promise<boolean> {
  return repl.closed !== undefined || repl.isAwake(limitMs).catch(() => true);
}

function sorted(
  lines: readonly string[],
  placeOf: Patience["placeOf"],
): Pick<Restarted, "output" | "uncaught"> {
  const output: string[] = [];
  let uncaught: string | undefined;
  const console = new EspruinoOutput({
    onLine: (line) => line.trim() !== "" && output.push(line),
    onError: (message) => (uncaught ??= message),
    placeOf,
  });
  const text = Buffer.from(lines.join("\n"), "latin1").toString("utf8");
  console.push(`${START}\n${text}\n`);
  console.end();
  return { output, uncaught };
}
