/** Where the engines are: each is found, or a sentence says how to supply it. */
import { accessSync, constants, existsSync, statSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";

/** The program of an engine, or what to do to have it. */
export type Found =
  | { readonly path: string; readonly missing?: never; readonly isWrong?: never }
  /** `isWrong`: somebody took care to supply it, so that going without it is a failure. */
  | { readonly path?: never; readonly missing: string; readonly isWrong?: boolean };

const XS_PACKAGE = "node_modules/@agoric/xsnap";
const XS_PLATFORMS: Readonly<Record<string, string>> = { linux: "lin", darwin: "mac" };

/**
 * Finds the worker that @agoric/xsnap builds when it is installed.
 *
 * @param root - the folder whose node_modules, or those of a folder above, hold the package; default this repository
 */
export function findXs(root: string = DORMOUSE_ROOT): Found {
  const platform = XS_PLATFORMS[process.platform];
  if (platform === undefined) return { missing: `@agoric/xsnap does not build on ${process.platform}` };
  const folder = findUpwards(resolve(root), XS_PACKAGE);
  if (folder === undefined) return { missing: 'run "npm ci": it installs @agoric/xsnap, which holds XS' };
  const path = join(folder, "xsnap-native/xsnap/build/bin", platform, "release/xsnap-worker");
  if (isProgram(path)) return { path };
  return { missing: 'run "npm rebuild @agoric/xsnap": it builds XS, and needs a C compiler and make' };
}

/** Finds Espruino's Linux program: the file that $ESPRUINO names, or `espruino` on the PATH. */
export function findEspruino(env: NodeJS.ProcessEnv = process.env): Found {
  const named = env["ESPRUINO"] ?? "";
  if (named !== "") {
    const fault = faultOf(named);
    if (fault === undefined) return { path: resolve(named) };
    return { missing: `$ESPRUINO is "${named}", which ${fault}: name the espruino binary`, isWrong: true };
  }
  const folders = (env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  const path = folders.map((folder) => join(folder, "espruino")).find(isProgram);
  if (path !== undefined) return { path };
  return { missing: "put espruino (its Linux build) on the PATH, or name it in $ESPRUINO" };
}

function findUpwards(folder: string, name: string): string | undefined {
  const path = join(folder, name);
  if (existsSync(path)) return path;
  const above = dirname(folder);
  return above === folder ? undefined : findUpwards(above, name);
}

function isProgram(path: string): boolean {
  return faultOf(path) === undefined;
}

/** Why `path` cannot be run, or undefined. */
function faultOf(path: string): string | undefined {
  try {
    if (!statSync(path).isFile()) return "is not a file";
    accessSync(path, constants.X_OK);
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EACCES" ? "is not executable" : "does not exist";
  }
}
