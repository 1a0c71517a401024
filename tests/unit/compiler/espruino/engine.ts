/** Runs programs on a real Espruino, and on Node. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runInNewContext } from "node:vm";

/** How long one program may take; a healthy one takes about 10 ms. */
const LIMIT_MS = 5000;
/** Processes at a time: the machine is shared. */
const AT_ONCE = 4;
/** Bytes that no program prints. */
const START = "\x02START";
const END = "\x02END";

/** What each program prints, or "FAILED ..." where the engine gives up. One process each: some take it down. */
export async function runOnEspruino(binary: string, programs: readonly string[]): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), "dormouse-espruino-"));
  const outputs: string[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let i = next++; i < programs.length; i = next++) {
      const file = join(folder, `${i}.js`);
      // The end is printed by a timer, after promises and what they print.
      const end = `\nsetTimeout(function () { print(${JSON.stringify(END)}); }, 5);\n`;
      writeFileSync(file, `print(${JSON.stringify(START)});\n${programs[i] ?? ""}${end}`);
      outputs[i] = await runOne(binary, file, folder);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  rmSync(folder, { recursive: true });
  return outputs;
}

function runOne(binary: string, file: string, folder: string): Promise<string> {
  // Standard input stays open: at its end Espruino's input thread floods itself.
  const child: ChildProcess = spawn(binary, [file], { stdio: ["pipe", "pipe", "ignore"], cwd: folder });
  let output = "";
  return new Promise((resolve) => {
    // It ignores SIGTERM while its prompt is up.
    const stop = (): boolean => child.kill("SIGKILL");
    const timer = setTimeout(stop, LIMIT_MS);
    child.stdout?.on("data", (data: Buffer) => {
      output += data.toString("latin1");
      if (output.includes(END)) stop();
    });
    child.on("close", () => {
      clearTimeout(timer);
      resolve(readOutput(output));
    });
  });
}

function readOutput(output: string): string {
  // The prompt comes up before timers and promises print, in front of their first line.
  const text = output
    .replace(/\r/g, "")
    .replace(/\x1b\[[A-Z]/g, "")
    .replace(/^>/gm, "");
  const body = text.slice(text.indexOf(START) + START.length);
  const end = body.indexOf(END);
  return end >= 0 ? body.slice(0, end).trim() : `FAILED ${/Uncaught .*/.exec(body)?.[0] ?? body.slice(-200)}`;
}

/** What a program prints on Node. */
export function runOnNode(program: string): string {
  const lines: string[] = [];
  const print = (...values: unknown[]): number => lines.push(values.map(String).join(" "));
  runInNewContext(program, { print }, { timeout: LIMIT_MS });
  return lines.join("\n").trim();
}
