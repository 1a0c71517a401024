/** What the compiler gives is TypeScript; bundlers and engines that take none get it without its types. */
import ts from "typescript";
import { composed } from "../emit/maps.js";
import type { Module } from "./session.js";

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  sourceMap: true,
  inlineSources: true,
};

const known = new WeakMap<Module, Module>();

/** `module`, which stands for the file at `path`, as JavaScript. */
export function toJavaScript(module: Module, path: string): Module {
  const cached = known.get(module);
  if (cached !== undefined) return cached;
  const result = transpiled(module, path);
  known.set(module, result);
  return result;
}

function transpiled({ code, map }: Module, path: string): Module {
  const { outputText, sourceMapText } = ts.transpileModule(code, {
    fileName: path,
    compilerOptions: OPTIONS,
  });
  const own = JSON.parse(sourceMapText!) as object;
  return {
    code: outputText.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, "\n"),
    map: map === null ? { ...own, sources: [path] } : composed(own, map),
  };
}
