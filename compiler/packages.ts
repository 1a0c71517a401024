/** Where the package lies, and how programs that import it are read. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

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

/** How the author's files are read and checked. */
export function optionsFor(paths: PackagePaths): ts.CompilerOptions {
  return {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ["lib.es2022.d.ts"],
    types: [],
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    allowJs: true,
    allowImportingTsExtensions: true,
    paths: Object.fromEntries(Object.entries(paths).map(([name, path]) => [name, [path]])),
  };
}
