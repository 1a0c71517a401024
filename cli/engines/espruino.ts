/** The Espruino engine: a script run to a marker line on its Linux build, which keeps its own clock. */
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { killAtExit } from "./child.js";
import { EspruinoOutput, START } from "./espruino-output.js";

/** How long a script runs, and who hears its lines. */
export interface EspruinoOptions {
  /** The line that ends the run: the whole line, or a pattern in it. */
  readonly until: RegExp | string;
  readonly timeoutMs: number;
  /** Hears each line when it comes. */
  readonly onLine?: (line: string) => void;
  /** As `OutputHandler.placeOf`. */
  readonly placeOf?: ((call: string) => string | undefined) | undefined;
}

/** What a script did. */
export interface EspruinoRun {
  /** What it printed, up to the marker line and with it. */
  readonly lines: readonly string[];
  /** Errors that nobody caught, as the engine printed them, each with where it was thrown. */
  readonly uncaught: readonly string[];
  readonly ended: "marker" | "timeout" | "exit";
  /** The exit code where the engine ended by itself. */
  readonly code: number | null;
}

/**
 * Runs `source` as a script file, in an empty folder of its own, until it prints the marker line.
 *
 * The engine ends by itself, with 0, when no timer is left, and with 1 when the script throws while it loads.
 * A line that starts with "Uncaught " counts as an error of the engine, whoever printed it.
 *
 * @throws when the binary does not start
 */
export async function runEspruino(
  binary: string,
  source: string,
  options: EspruinoOptions,
): Promise<EspruinoRun> {
  // Espruino loads ./espruino.flash where there is one.
  const folder = mkdtempSync(join(tmpdir(), "dormouse-espruino-"));
  try {
    const file = join(folder, "main.js");
    writeFileSync(file, `print(${JSON.stringify(START)});${source}\n`);
    // Without an open stdin its console floods itself with 0xFF.
    const child = spawn(binary, [file], { cwd: folder, stdio: ["pipe", "pipe", "ignore"] });
    return await watch(child, binary, options);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function watch(child: ChildProcess, binary: string, options: EspruinoOptions): Promise<EspruinoRun> {
  killAtExit(child);
  const lines: string[] = [];
  const uncaught: string[] = [];
  let ended: EspruinoRun["ended"] = "exit";
  const stop = (how: EspruinoRun["ended"]): void => {
    if (ended !== "exit") return;
    ended = how;
    child.kill("SIGKILL"); // It ignores SIGTERM at its prompt.
  };
  const output = new EspruinoOutput({
    placeOf: options.placeOf,
    onLine: (line) => {
      if (ended === "marker") return;
      lines.push(line);
      options.onLine?.(line);
      if (isMarker(line, options.until)) stop("marker");
    },
    onError: (message) => {
      if (ended !== "marker") uncaught.push(message);
    },
  });
  child.stdout?.setEncoding("utf8").on("data", (text: string) => output.push(text));
  const timer = setTimeout(() => stop("timeout"), options.timeoutMs);
  return new Promise((resolve, reject) => {
    child.once("error", (error) => {
      clearTimeout(timer);
      reject(new Error(`"${binary}" does not start: ${error.message}`));
    });
    child.once("close", (code) => {
      clearTimeout(timer);
      output.end();
      resolve({ lines, uncaught: withoutEcho(uncaught, code), ended, code });
    });
  });
}

function isMarker(line: string, until: RegExp | string): boolean {
  // search() does not keep state, where test() of a global pattern does.
  return typeof until === "string" ? line === until : line.search(until) >= 0;
}

/** A script that throws while it loads ends the engine, which then prints a second, empty error. */
function withoutEcho(uncaught: readonly string[], code: number | null): readonly string[] {
  const isEcho = code === 1 && uncaught.length > 1 && uncaught.at(-1) === "undefined";
  return isEcho ? uncaught.slice(0, -1) : uncaught;
}
