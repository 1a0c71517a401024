/**
 * Turns one module into code that Espruino's interpreter runs right, after esbuild has bundled and minified it.
 *
 * Three passes, each printed and read again so that the next one sees plain text and true positions:
 *
 *     author's module -> ES5 syntax (TypeScript) -> shapes that Espruino gets wrong -> declarations before use
 *
 * Works per module, before bundling, so that the bundler's size report stays exact.
 */
import ts from "typescript";
import { rewriteExpressions } from "./expressions.js";
import { HELPERS, HELPERS_MODULE } from "./helpers.js";
import { hoistDeclarations } from "./hoist.js";
import { removeLabels } from "./labels.js";
import { replaceDoLoops } from "./loops.js";
import type { Mapped } from "./maps.js";
import { type Origin, rewrite, toEs5 } from "./passes.js";
import { refuseUnknownHelpers, refuseUnlowerable } from "./refuse.js";
import { closeReturns } from "./returns.js";
import { analyse } from "./scope.js";
import { putDefaultLast } from "./switches.js";

/**
 * Lowers a TypeScript or ES2022 module to an ES module of ES5 syntax, imports and exports kept.
 *
 * The result may import `dormouse:espruino-helpers`: give esbuild `helpersPlugin()`.
 *
 * @throws LoweringError listing everything in the module that has no form on Espruino
 */
export function lowerModule(code: string, fileName: string): Mapped {
  refuseUnlowerable(code, fileName);
  const origin: Origin = { fileName, code };
  const es5 = toEs5(code, fileName);
  const shaped = rewrite(es5, [removeLabels, replaceDoLoops, putDefaultLast, closeReturns], origin);
  const rewritten = rewrite(shaped, [rewriteExpressions], origin);
  return importHelpers(rewrite(rewritten, [hoistDeclarations], origin), fileName);
}

/** Adds the import of the helpers that the code calls, on a line of its own at the top. */
function importHelpers(lowered: Mapped, fileName: string): Mapped {
  const file = ts.createSourceFile(fileName, lowered.code, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
  const free = new Set(analyse(file).globals.map((id) => id.text));
  const names = Object.keys(HELPERS).filter((name) => free.has(name));
  refuseUnknownHelpers(free, fileName);
  if (names.length === 0) return lowered;
  return {
    code: `import { ${names.join(", ")} } from "${HELPERS_MODULE}";\n${lowered.code}`,
    // A leading ";" is an empty line in a version 3 map.
    map: { ...lowered.map, mappings: `;${lowered.map.mappings}` },
  };
}
