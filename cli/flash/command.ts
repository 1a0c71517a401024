/** The commands of this folder, told to a person: flash a board; be a board. */
import { join } from "node:path";
import { workingEspruino } from "../engines/check.js";
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
 * Flashes `args.code` and prints what happened, a line each, through `out`.
 *
 * @returns the exit code: 0 when the program is on the board and started without an error, else 1
 */
export async function flashCommand(args: FlashArgs, out: (line: string) => void): Promise<number> {
  try {
    const port = await openPort(args.port);
    try {
      out(`flashing "${args.name}" to ${args.port}`);
      const options = { log: out, onProgress: progressLines(out), ...args.options };
      const result = await interruptible(
        (signal) => flash(port, args.code, { ...options, signal }),
        () =>
          out(
            new FlashError("E612", `board "${args.port}": left while it did not answer.`, "unknown").message,
          ),
      );
      return report(args.name, result, out);
    } finally {
      port.close();
    }
  } catch (error) {
    if (!(error instanceof FlashError)) throw error;
    out(error.message);
    return 1;
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

function report(name: string, result: FlashResult, out: (line: string) => void): number {
  const problem = problemOf(name, result);
  if (result.output.length > 0) out("the board restarted and prints:");
  else if (problem === undefined) out("the board restarted and printed nothing so far");
  for (const line of result.output) out(`  ${line}`);
  if (problem === undefined) return 0;
  out(problem.message);
  return 1;
}

function problemOf(name: string, { uncaught, isSilent }: FlashResult): FlashError | undefined {
  if (uncaught !== undefined)
    return new FlashError("E610", `program "${name}": failed on the board: ${uncaught}.`, "new");
  if (!isSilent) return undefined;
  const why = "the board is silent since its restart: either it never pauses, or the board hangs.";
  return new FlashError("E611", `program "${name}": ${why}`, "new");
}

/**
 * Runs Espruino for Linux as a board at a TCP port, until Ctrl-C or until it ends; its storage is in `cwd`.
 *
 * @returns the exit code: 1 when there is no Espruino, or the port is taken
 */
export async function bridgeCommand(
  args: { readonly cwd: string; readonly port?: number },
  out: (line: string) => void,
): Promise<number> {
  const { path, missing } = await workingEspruino();
  if (path === undefined) {
    out(`no Espruino: ${missing}`);
    return 1;
  }
  try {
    const bridge = await startBridge(path, args.cwd, args.port);
    out(`Espruino listens: npm run flash -- examples/blink --port ${bridge.name} (Ctrl-C ends it)`);
    const interrupted = new Promise<undefined>((done) => process.once("SIGINT", () => done(undefined)));
    const how = await Promise.race([bridge.ended, interrupted]);
    await bridge.close();
    if (how === undefined) return 0;
    out(`Espruino ended (${how}); what is on the board is in ${join(args.cwd, "espruino.flash")}`);
    return 1;
  } catch (error) {
    out(`no bridge: ${(error as Error).message}`);
    return 1;
  }
}
