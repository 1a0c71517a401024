/** The commands of this folder, told to a person: flash a board; be a board. */
import { join } from "node:path";
import { workingEspruino } from "../engines/check.js";
import { UserError } from "../user-error.js";
import { startBridge } from "./bridge.js";
import { FlashError } from "./errors.js";
import { flash, type Code, type FlashOptions, type FlashResult } from "./flash.js";
import { interruptible } from "./interrupt.js";
import { openPort } from "./port.js";

/** What to flash: the built code, the name to call it by, and the port as the user gave it. */
export interface FlashArgs {
  readonly code: Code;
  readonly name: string;
  readonly port: string;
  /** Other time-outs than a board needs; for tests. */
  readonly options?: FlashOptions;
}

/** One line of progress per this much, so that short uploads print none. */
const PROGRESS_STEP = 4096;

/**
 * Flashes `args.code` and tells what happens, a line each, through `out`.
 *
 * @throws FlashError when the program is not on the board, or is there and does not start well
 */
export async function flashCommand(args: FlashArgs, out: (line: string) => void): Promise<void> {
  const port = await openPort(args.port);
  try {
    out(`flashing "${args.name}" to ${args.port}`);
    const options = { log: out, onProgress: progressLines(out), ...args.options };
    const result = await interruptible(
      (signal) => flash(port, args.code, { ...options, signal }),
      () => new FlashError("E612", `board "${args.port}": left while it did not answer.`, "unknown"),
    );
    report(result, out);
    const problem = problemOf(args.name, result);
    if (problem !== undefined) throw problem;
  } finally {
    port.close();
  }
}

function progressLines(out: (line: string) => void): (done: number, total: number) => void {
  let next = PROGRESS_STEP;
  return (done, total) => {
    if (done < next || done === total) return;
    next = done - (done % PROGRESS_STEP) + PROGRESS_STEP;
    const percent = String(Math.floor((100 * done) / total)).padStart(3);
    out(`${percent} %  ${done} of ${total} bytes`);
  };
}

function report({ output, uncaught, isSilent }: FlashResult, out: (line: string) => void): void {
  if (output.length > 0) out("the board restarted and prints:");
  else if (uncaught === undefined && !isSilent) out("the board restarted and printed nothing so far");
  for (const line of output) out(`  ${line}`);
}

function problemOf(name: string, { uncaught, isSilent }: FlashResult): FlashError | undefined {
  if (uncaught !== undefined)
    return new FlashError("E610", `program "${name}": failed on the board: ${uncaught}.`, "new");
  if (!isSilent) return undefined;
  const why = "the board is silent since its restart: either it never pauses, or the board hangs.";
  return new FlashError("E611", `program "${name}": ${why}`, "new");
}

/**
 * Runs Espruino for Linux as a board at a TCP port, until Ctrl-C; its storage is in `cwd`.
 *
 * @throws UserError E613 when there is no Espruino, the port is taken, or Espruino ends by itself
 */
export async function bridgeCommand(
  args: { readonly cwd: string; readonly port?: number },
  out: (line: string) => void,
): Promise<void> {
  const { path, missing } = await workingEspruino();
  if (path === undefined) throw bridgeError(`there is no Espruino: ${missing}`);
  const bridge = await startBridge(path, args.cwd, args.port).catch((error: unknown) => {
    throw bridgeError((error as Error).message);
  });
  out(`Espruino listens: npm run flash -- examples/blink --port ${bridge.name} (Ctrl-C ends it)`);
  const interrupted = new Promise<undefined>((done) => process.once("SIGINT", () => done(undefined)));
  const how = await Promise.race([bridge.ended, interrupted]);
  await bridge.close();
  if (how !== undefined)
    throw bridgeError(`Espruino ended (${how}). Its storage is in ${join(args.cwd, "espruino.flash")}`);
}

function bridgeError(problem: string): UserError {
  return new UserError(`E613 "bridge": ${problem}`);
}
