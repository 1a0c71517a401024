/**
 * The language on Espruino as one table: everything that its engine lacks or does differently and a program may use,
 * by example. tests/conformance/espruino-table.test.ts runs each row: as written on Node, as written on Espruino, and
 * built on Espruino; so a gap that the engine closes is noticed as well as one that the build leaves open. The table is
 * printed in docs/espruino.md.
 *
 * The rules beside this folder look for what must not be in a finished bundle; this says what becomes of it.
 */
import { ARRAYS } from "./arrays.js";
import { CLASSES } from "./classes.js";
import { COLLECTIONS } from "./collections.js";
import { ERRORS } from "./errors.js";
import { FUNCTIONS } from "./functions.js";
import { NUMBERS } from "./numbers.js";
import { OBJECTS } from "./objects.js";
import { OTHERS } from "./others.js";
import { REGEXPS } from "./regexps.js";
import type { Row } from "./row.js";
import { STRINGS } from "./strings.js";
import { TYPED } from "./typed.js";

/** By the title of the group. */
export const TABLE: Readonly<Record<string, readonly Row[]>> = {
  Functions: FUNCTIONS,
  Classes: CLASSES,
  Objects: OBJECTS,
  Arrays: ARRAYS,
  "Map, Set and iterables": COLLECTIONS,
  Texts: STRINGS,
  "Regular expressions": REGEXPS,
  Numbers: NUMBERS,
  "Typed arrays": TYPED,
  Errors: ERRORS,
  "Promises, dates, globals": OTHERS,
};
