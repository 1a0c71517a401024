/** Runs TypeScript as a printer: ES5 down-levelling first, then our own transformers over its output. */
import ts from "typescript";
import { emptyFields } from "./fields.js";
import { composeMaps, type Mapped, type SourceMap } from "./maps.js";
import { readable } from "./readable.js";
import { splitSupers } from "./supers.js";

const COMMON: ts.CompilerOptions = {
  module: ts.ModuleKind.ESNext,
  moduleDetection: ts.ModuleDetectionKind.Force,
  // ES5 output and non-strict emit are deprecated in TypeScript 6 and gone in 7 (docs: guide/compiler.md section 7).
  ignoreDeprecations: "6.0",
  alwaysStrict: false,
  sourceMap: true,
  noEmitHelpers: true,
};

/**
 * TypeScript or ES2022 to ES5 syntax; helper functions are called but not supplied.
 *
 * @param iterates - whether iterables are more than arrays and texts
 */
export function toEs5(code: string, fileName: string, iterates: boolean): Mapped {
  const result = ts.transpileModule(readable(code, fileName), {
    fileName,
    transformers: { before: [splitSupers, emptyFields] },
    compilerOptions: {
      ...COMMON,
      useDefineForClassFields: false,
      /* eslint-disable @typescript-eslint/no-deprecated -- the pinned TypeScript 6 still has them */
      target: ts.ScriptTarget.ES5,
      downlevelIteration: iterates,
      /* eslint-enable @typescript-eslint/no-deprecated */
    },
  });
  return { code: withoutMapComment(result.outputText), map: readMap(result) };
}

/** What `pass` makes of `input`, which earlier passes made of `origin`; of `origin` itself when it is null. */
export function after(input: Mapped | null, origin: Origin, pass: (code: string) => Mapped): Mapped {
  const { code, map } = pass(input?.code ?? origin.code);
  return { code, map: input === null ? map : composeMaps(map, input.map, origin.fileName, origin.code) };
}

/** Applies transformers, one after another, to ES5 text. */
export function rewrite(
  input: Mapped,
  transformers: ts.TransformerFactory<ts.SourceFile>[],
  origin: Origin,
): Mapped {
  return after(input, origin, (code) => print(code, "module.js", transformers));
}

/** Applies `transformers` to `code`. Nothing is down-levelled: TypeScript only prints. */
export function print(
  code: string,
  fileName: string,
  transformers: ts.TransformerFactory<ts.SourceFile>[],
): Mapped {
  const result = ts.transpileModule(readable(code, fileName), {
    fileName,
    compilerOptions: { ...COMMON, target: ts.ScriptTarget.ESNext, allowJs: true },
    transformers: { before: transformers },
  });
  return { code: withoutMapComment(result.outputText), map: readMap(result) };
}

/** The text that positions are reported in. */
export interface Origin {
  readonly fileName: string;
  readonly code: string;
}

function readMap(result: ts.TranspileOutput): SourceMap {
  return JSON.parse(result.sourceMapText ?? "{}") as SourceMap;
}

function withoutMapComment(text: string): string {
  return text.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, "\n");
}
