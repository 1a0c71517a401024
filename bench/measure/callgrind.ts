/** Counts instructions with valgrind: independent of how busy the machine is. */
import { accessSync, constants, chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

/** The path of valgrind, or undefined. */
export function findValgrind(): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders.map((folder) => join(folder, "valgrind")).find(isProgram);
}

/**
 * Instructions that `binary` executes in `work`, which is given a program to run in its place and must run it once,
 * to its natural end.
 */
export async function countInstructions(
  valgrind: string,
  binary: string,
  work: (program: string) => Promise<void>,
): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "dormouse-bench-"));
  try {
    const out = join(folder, "callgrind.out");
    const program = join(folder, "program");
    const command = [valgrind, "--tool=callgrind", `--callgrind-out-file=${out}`, "-q", binary];
    writeFileSync(program, `#!/bin/sh\nexec ${command.map(quoted).join(" ")} "$@"\n`);
    chmodSync(program, 0o755);
    await work(program);
    const total = /^(?:totals|summary): (\d+)/m.exec(readFileSync(out, "utf8"))?.[1];
    if (total === undefined) throw new Error("valgrind counted nothing");
    return Number(total);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
