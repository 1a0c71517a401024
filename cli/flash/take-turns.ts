/** Builds take-turns.c, which mends Espruino's Linux build. */
import { execFile } from "node:child_process";
import { mkdir, rename, stat } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const SOURCE = join(DORMOUSE_ROOT, "cli/flash/take-turns.c");
const FOLDER = join(DORMOUSE_ROOT, ".build/bridge");

/**
 * The environment in which Espruino's threads take turns; without a C compiler, which XS needs too, the one that is.
 */
export async function turnsEnvironment(): Promise<NodeJS.ProcessEnv> {
  try {
    return {
      ...process.env,
      LD_PRELOAD: [await library(), process.env["LD_PRELOAD"] ?? ""].join(" ").trim(),
    };
  } catch {
    return process.env;
  }
}

/** Moved into place whole, as two bridges may start at a time. */
async function library(): Promise<string> {
  const file = join(FOLDER, "take-turns.so");
  const [source, built] = await Promise.all([stat(SOURCE), stat(file).catch(() => undefined)]);
  if (built !== undefined && built.mtimeMs > source.mtimeMs) return file;
  await mkdir(FOLDER, { recursive: true });
  const fresh = `${file}.${process.pid}`;
  await promisify(execFile)("cc", ["-O1", "-shared", "-fPIC", "-o", fresh, SOURCE, "-ldl", "-pthread"]);
  await rename(fresh, file);
  return file;
}
