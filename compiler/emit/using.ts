/**
 * `using` in functions that tasks do not await: neither Moddable nor Node 20 knows it, so TypeScript lowers what is left
 * of it in a compiled module, to calls of the library (core/flow/resources.ts).
 */
import type { EncodedSourceMap } from "@jridgewell/gen-mapping";
import ts from "typescript";
import { isUsing } from "../syntax.js";
import { composed } from "./maps.js";

interface Module {
  readonly code: string;
  readonly map: EncodedSourceMap;
}

/** What TypeScript calls, by the library's names. */
const IMPORT =
  'import { hold as __addDisposableResource, release as __disposeResources } from "dormouse/runtime";\n';

/** `module` of the file `fileName` without `using`. */
export function withoutUsing(module: Module, fileName: string): Module {
  if (!/\busing\b/.test(module.code)) return module;
  if (!holdsUsing(ts.createSourceFile(fileName, module.code, ts.ScriptTarget.Latest))) return module;
  const { outputText, sourceMapText } = ts.transpileModule(module.code, {
    fileName,
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      moduleDetection: ts.ModuleDetectionKind.Force,
      noEmitHelpers: true,
      sourceMap: true,
    },
  });
  const map = JSON.parse(sourceMapText!) as EncodedSourceMap;
  // A leading ";" is an empty line in a version 3 map.
  const moved = { ...map, mappings: `;${map.mappings}` };
  const code = IMPORT + outputText.replace(/\/\/# sourceMappingURL=.*\s*$/, "");
  return { code, map: composed(moved, module.map) as EncodedSourceMap };
}

function holdsUsing(node: ts.Node): boolean {
  if (ts.isVariableDeclarationList(node) && isUsing(node)) return true;
  return ts.forEachChild(node, (child) => holdsUsing(child) || undefined) === true;
}
