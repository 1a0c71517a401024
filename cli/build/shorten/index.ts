/**
 * What makes minified device builds short before the minifier has its turn: functions that are called at one place are put
 * there, and others written as arrows.
 */
import { composed } from "../../../compiler/index.js";
import { print } from "../../../compiler/espruino/passes.js";
import { arrowFunctions, type ArrowOptions } from "./arrows.js";
import { inlineSingles } from "./inline.js";
import { plainStatements } from "./plain-statements.js";

/** A bundle, or what became of one. */
export interface Text {
  readonly code: string;
  readonly map: object;
}

/** `text`, a module, with functions that are called at one place put there. */
export function withoutSingles(text: Text): Text {
  return [plainStatements, inlineSingles].reduce((before, pass) => {
    const { code, map } = print(before.code, "bundle.js", [pass]);
    return { code, map: composed(map, before.map) };
  }, text);
}

/** `text` with arrows in the place of functions. */
export function withArrows(text: Text, options: ArrowOptions): Text {
  const { code, map } = print(text.code, "bundle.js", [arrowFunctions(options)]);
  return { code, map: composed(map, text.map) };
}
