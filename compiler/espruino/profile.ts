/**
 * The language profile of Espruino, as data: one rule for each thing that it lacks or does differently.
 *
 * Source: 807 probes against Node (guide/espruino.md section 1); each rule is run again on the real engine by
 * tests/conformance/espruino-profile.test.ts.
 *
 * The lint sees text, not values. It cannot see: a receiver that comes through a parameter or a property; iteration
 * over anything but arrays and strings; the order of keys, -0, the text of numbers above 11 digits; `name` of
 * functions and errors; `TypeError instanceof Error`; stable sorting; characters above 255 on boards without Unicode.
 */
import type { Rule } from "./rule.js";
import { BUILTIN_RULES } from "./rules/builtins.js";
import { REGEXP_RULES } from "./rules/regexp.js";
import { SYNTAX_RULES } from "./rules/syntax.js";
import { TRAP_RULES } from "./rules/traps.js";

/** All rules, in the order of their codes. */
export const PROFILE: readonly Rule[] = [...SYNTAX_RULES, ...TRAP_RULES, ...BUILTIN_RULES, ...REGEXP_RULES];

/** One place in a program that breaks a rule. */
export interface ProfileViolation {
  /** The rule's name. */
  readonly rule: string;
  /** The rule's number: C501... */
  readonly code: string;
  /** The author's file; undefined when no map was given or it does not say. */
  readonly file: string | undefined;
  /** From 1. In the author's file where `file` is given, else in the bundle. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** The start of the offending text, as it stands in the bundle. */
  readonly excerpt: string;
  readonly message: string;
  readonly advice: string;
}
