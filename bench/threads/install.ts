/** The pools of npm that ours is compared with. */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const FOLDER = join(DORMOUSE_ROOT, "bench/threads/peers");

/** Installs them when they are not there yet; why they cannot be had. */
export async function installPools(say: (doing: string) => void): Promise<string | undefined> {
  if (existsSync(join(FOLDER, "node_modules/workerpool"))) return undefined;
  say("installs pools of npm into bench/threads/peers, once");
  try {
    await promisify(execFile)("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: FOLDER });
    return undefined;
  } catch {
    return "the pools are not installed: npm ci --ignore-scripts in bench/threads/peers, with network";
  }
}
