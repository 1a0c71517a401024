/** TypeScript's own lowering, for what stands beside our compiler. */
import ts from "typescript";

/** `code` in ES5. */
export function toEs5(code: string): string {
  const compilerOptions: ts.CompilerOptions = {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the engines of the peers know no other
    target: ts.ScriptTarget.ES5,
    module: ts.ModuleKind.ESNext,
    ignoreDeprecations: "6.0",
  };
  return ts.transpileModule(code, { compilerOptions }).outputText;
}
