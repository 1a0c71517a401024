/** Regular expressions: Espruino's engine knows classes, groups, alternation, `* +`, `^ $` and the flags g, i. */
import ts from "typescript";
import { nodeRule, type Rule } from "../rule.js";

const FAILS = "does not match on Espruino.";
const SPLIT = "Write the pattern out, or use string methods.";

interface Parts {
  /** The pattern with escapes and classes blanked out, so that only operators are left. */
  readonly operators: string;
  readonly body: string;
  readonly flags: string;
}

function partsOf(node: ts.Node): Parts | undefined {
  if (!ts.isRegularExpressionLiteral(node)) return undefined;
  const end = node.text.lastIndexOf("/");
  const body = node.text.slice(1, end);
  const operators = body.replace(/\\[^]/g, "__").replace(/\[[^\]]*\]/g, (text) => "_".repeat(text.length));
  return { operators, body, flags: node.text.slice(end + 1) };
}

/** The `?` of `(?:` is no repeat. */
const withoutGroups = (p: Parts): string => p.operators.replace(/\(\?/g, "(_");

function rule(
  code: string,
  id: string,
  what: string,
  why: string,
  advice: string,
  test: (p: Parts) => boolean,
): Rule {
  return nodeRule(code, id, what, why, advice, (node) => {
    const parts = partsOf(node);
    return parts !== undefined && test(parts);
  });
}

/** The rules, in the order of their codes. */
export const REGEXP_RULES: readonly Rule[] = [
  rule("C570", "regexp-lazy", "a lazy repeat", FAILS, "Use a negated class: [^x]*x.", (p) =>
    /[*+?}]\?/.test(withoutGroups(p)),
  ),
  rule("C571", "regexp-count", "a counted repeat {n}", FAILS, SPLIT, (p) =>
    /\{\d+(,\d*)?\}/.test(p.operators),
  ),
  rule("C572", "regexp-group", "a non-capturing group", FAILS, "Use a plain group.", (p) =>
    p.operators.includes("(?:"),
  ),
  rule("C573", "regexp-lookaround", "a lookahead or lookbehind", FAILS, SPLIT, (p) =>
    /\(\?<?[=!]/.test(p.operators),
  ),
  rule("C574", "regexp-named-group", "a named group", FAILS, "Use a plain group and its number.", (p) =>
    /\(\?<[^=!]/.test(p.operators),
  ),
  rule("C575", "regexp-backreference", "a back reference", "is an error on Espruino.", SPLIT, (p) =>
    /(^|[^\\])(\\\\)*\\[1-9k]/.test(p.body),
  ),
  rule(
    "C576",
    "regexp-multiline",
    "the flag m",
    "has no effect on Espruino.",
    "Split into lines first.",
    (p) => p.flags.includes("m"),
  ),
  rule(
    "C577",
    "regexp-flag",
    "a flag other than g, i, m",
    "is an error on Espruino, or has no effect.",
    "Leave it out.",
    (p) => /[^gim]/.test(p.flags),
  ),
  rule(
    "C578",
    "regexp-slash-in-class",
    "`/` in a character class",
    "ends the expression on Espruino.",
    "Write \\/.",
    (p) => /\[(\\[^]|[^\]\\])*?\//.test(p.body.replace(/\\[^]/g, "__")),
  ),
  rule(
    "C579",
    "regexp-optional",
    "an optional part `?`",
    FAILS,
    "Use alternation: (x|), or test twice.",
    (p) => /(^|[^*+?}])\?/.test(withoutGroups(p)),
  ),
  rule(
    "C580",
    "regexp-property",
    "a Unicode property \\p{...}",
    "is an error on Espruino.",
    "List the characters: [A-Za-z].",
    (p) => /\\[pP]\{/.test(p.body),
  ),
];
