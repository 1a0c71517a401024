/**
 * Turns one module into code that Espruino's interpreter runs right, after esbuild has bundled and minified it.
 *
 * Passes, most of them printed and read again so that the next one sees plain text and true positions:
 *
 *     author's module -> no async functions, no generators -> names, accessors, loops over iterables -> ES5 syntax (TypeScript) -> builtins of ours
 *       -> shapes that Espruino gets wrong -> declarations before use
 *
 * Works on a module of any size: a device build gives it the whole bundle.
 */
import { callSetters } from "./accessors.js";
import { withoutAsync } from "./async.js";
import { nameArguments } from "./arguments.js";
import { replaceBuiltins } from "./builtins.js";
import { giveArguments } from "./calls.js";
import { withNumbersThatCount } from "./counters.js";
import { countArguments } from "./counts.js";
import { rewriteExpressions } from "./expressions.js";
import { writeFinally } from "./finally.js";
import { closeHeads } from "./heads.js";
import { HELPERS, HELPERS_MODULE, patchModule } from "./helpers.js";
import { hoistDeclarations } from "./hoist.js";
import { iterablesOf, lowerLoops } from "./iteration.js";
import { markInherited, splitInherited } from "./inherited.js";
import { removeLabels } from "./labels.js";
import { replaceDoLoops } from "./loops.js";
import type { Mapped } from "./maps.js";
import { after, type Origin, print, rewrite, toEs5 } from "./passes.js";
import { giveNames } from "./names.js";
import { patchesOf } from "./patches.js";
import { mayNestArguments, separateArguments } from "./own-arguments.js";
import { namePrivates } from "./privates.js";
import { refuseUnknownHelpers, refuseUnlowerable } from "./refuse.js";
import { readable } from "./readable.js";
import { closeReturns } from "./returns.js";
import { parseProgram } from "./rule.js";
import { putDefaultLast } from "./switches.js";

/**
 * Lowers a TypeScript or ES2022 module to an ES module of ES5 syntax, imports and exports kept.
 *
 * The result may import `dormouse:espruino-helpers`: give esbuild a `helpersPlugin`.
 *
 * @throws LoweringError listing everything in the module that has no form on Espruino
 */
export function lowerModule(text: string, fileName: string): Mapped {
  const code = withNumbersThatCount(readable(text, fileName), fileName);
  refuseUnlowerable(code, fileName);
  const origin: Origin = { fileName, code };
  const iterables = iterablesOf(code, fileName);
  const plain = withoutAsync(origin, iterables.any);
  const before = [closeHeads, nameArguments, giveNames, namePrivates, callSetters, markInherited];
  if (iterables.any) before.push(lowerLoops(iterables));
  const named = after(plain, origin, (text) => print(text, fileName, before));
  const es5 = after(named, origin, (text) => toEs5(text, fileName, iterables.any));
  const own = rewrite(es5, [splitInherited, countArguments, giveArguments, replaceBuiltins], origin);
  const apart = mayNestArguments(own.code) ? rewrite(own, [separateArguments], origin) : own;
  const shaped = rewrite(
    apart,
    [writeFinally, removeLabels, replaceDoLoops, putDefaultLast, closeReturns],
    origin,
  );
  const rewritten = rewrite(shaped, [rewriteExpressions], origin);
  return importHelpers(rewrite(rewritten, [hoistDeclarations], origin), fileName);
}

/** Adds the imports of what the code needs, on lines of their own at the top. */
function importHelpers(lowered: Mapped, fileName: string): Mapped {
  const program = parseProgram(lowered.code);
  const free = new Set(program.scopes.globals.map((id) => id.text));
  const names = Object.keys(HELPERS).filter((name) => free.has(name));
  refuseUnknownHelpers(free, fileName);
  const patches = patchesOf(program);
  const imports = patches.size > 0 ? [`import "${patchModule(patches)}";\n`] : [];
  if (names.length > 0) imports.push(`import { ${names.join(", ")} } from "${HELPERS_MODULE}";\n`);
  return {
    code: imports.join("") + lowered.code,
    // A leading ";" is an empty line in a version 3 map.
    map: { ...lowered.map, mappings: ";".repeat(imports.length) + lowered.map.mappings },
  };
}
