/** The settings with which TypeScript reads programs. */
import ts from "typescript";
import type { PackagePaths } from "../packages.js";

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
