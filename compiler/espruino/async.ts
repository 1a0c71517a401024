/** Async functions and generators on Espruino: promises and iterators, by the lowering of compiler/promises. */
import { lowerPlain } from "../promises/lower.js";
import type { Mapped } from "./maps.js";
import type { Origin } from "./passes.js";

/** The module that lowered code imports from; `promisesPlugin()` answers for it. */
const RUNTIME = "dormouse/promises";

/** A module without async functions and generators; null when it has none. `iterates`: whether it has iterators. */
export function withoutAsync({ code, fileName }: Origin, iterates: boolean): Mapped | null {
  const engine = { ownPromises: false, iterators: iterates };
  const { code: lowered, map, uses, prefix } = lowerPlain(code, fileName, engine);
  if (uses.length === 0) return null;
  const names = uses.map((name) => `${name} as ${prefix}${name}`);
  return {
    code: `import { ${names.join(", ")} } from "${RUNTIME}";\n${lowered}`,
    // A leading ";" is an empty line in a version 3 map.
    map: { ...map, mappings: `;${map.mappings}` },
  };
}
