/** Where the package lies, and which files are its own. */
import { isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Where the package's sources or declarations lie, by import name. */
export type PackagePaths = Readonly<Record<string, string>>;

/** The import names of this repository's checkout at `root`. */
export function packagePaths(root: string): PackagePaths {
  return {
    dormouse: join(root, "core/index.ts"),
    "dormouse/hal": join(root, "hal/index.ts"),
    "dormouse/sim": join(root, "targets/sim/index.ts"),
    "dormouse/node": join(root, "targets/node/index.ts"),
    "dormouse/espruino": join(root, "targets/espruino/index.ts"),
    "dormouse/moddable": join(root, "targets/moddable/index.ts"),
    "dormouse/runtime": join(root, "core/runtime.ts"),
  };
}

/** The root of the installed package, of which this is dist/compiler/packages.js. */
export const packageRoot = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

/** Whether the file at `path` is one of the package, whose root is `root`, that programs are linked with as it is. */
export function isOwnSource(path: string, root: string): boolean {
  const isOurs = ["core", "hal", "targets"].some((folder) => path.startsWith(`${root}/${folder}/`));
  return isOurs && !isAsyncSource(path, root);
}

/** Whether it is one with async functions: where a program imports them, they are compiled as those of its author. */
export function isAsyncSource(path: string, root: string): boolean {
  return path.startsWith(`${root}/core/async/`) && path.endsWith(".ts");
}

/** Whether the file at `path` is a module of the author, or compiled as those, as far as its name tells. */
export function isAuthoredPath(path: string, root: string): boolean {
  if (isAsyncSource(path, root)) return true;
  // Bundlers have modules of their own, which are no files.
  const isFile = isAbsolute(path) && !path.includes("\0");
  const isModule = /\.m?[jt]s$/.test(path) && !/\.d\.m?ts$/.test(path) && !path.includes("/node_modules/");
  return isFile && isModule && !isOwnSource(path, root);
}

/** The source that is compiled in the place of the file at `path`: itself, or that of a module of ours with async functions. */
export function sourceOf(path: string, root: string): string {
  const built = `${root}/dist/core/async/`;
  if (!path.startsWith(built)) return path;
  return `${root}/core/async/${path.slice(built.length).replace(/\.js$/, ".ts")}`;
}
