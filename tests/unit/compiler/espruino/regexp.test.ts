/** Our matcher against JavaScript's own, which is at hand here: random expressions, and the features one by one. */
import * as assert from "uvu/assert";
import { REGEXP } from "../../../../compiler/espruino/builtins/matcher.js";
import { parseRegExp } from "../../../../compiler/espruino/regexp/parse.js";
import { patterns } from "../../../support/patterns.js";
import { suite } from "../../../support/suite.js";

const test = suite("compiler/espruino/regexp");

type Make = new (source: string, flags: string, tree: unknown, groups: number, names: unknown) => RegExp;
// eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- our own text
const Matcher = new Function(`${REGEXP} return __RegExp;`)() as Make;

function ours(source: string, flags: string): RegExp {
  const { alternatives, groups, names } = parseRegExp(source, flags);
  return new Matcher(source, flags, alternatives, groups, Object.keys(names).length > 0 ? names : undefined);
}

/** What the first three runs give. */
function runs(expression: RegExp, text: string): string {
  const results = [1, 2, 3].map(() => {
    const found = expression.exec(text);
    return [found && [...found], found?.index, found?.groups && { ...found.groups }, expression.lastIndex];
  });
  return JSON.stringify(results);
}

for (const seed of [1, 2, 3, 4]) {
  test(`matches as JavaScript does, seed ${seed}`, () => {
    for (const { source, flags, text } of patterns(seed, 1500, false)) {
      const expected = runs(new RegExp(source, flags), text);
      assert.is(runs(ours(source, flags), text), expected, `/${source}/${flags} on ${JSON.stringify(text)}`);
    }
  });
}

const FEATURES: readonly (readonly [source: string, flags: string, text: string])[] = [
  ["(?<year>\\d{4})-(?<month>\\d\\d)", "", "in 2020-05"],
  ["(a)(b)?\\2\\1", "", "aa aba"],
  ["(?<q>['\"]).*?\\k<q>", "", "say 'it' \"now\""],
  ["^(?:(\\d+)|(\\w+))+$", "", "12ab34"],
  ["(z)((a+)?(b+)?(c))*", "", "zaacbbbcac"],
  ["(?=(a+))a*b\\1", "", "baaabac"],
  ["(.*?)a(?!(a+)b\\2c)\\2(.*)", "", "baaabaac"],
  ["[^]*", "", "a\nb"],
  ["\\cJ[\\b]?", "", "x\n"],
  ["(?:)", "g", "ab"],
  ["[\\d-x]+", "", "1-x"],
  ["[\\W]+", "", "ab -."],
  ["\\0", "", "a\0b"],
];

for (const [source, flags, text] of FEATURES) {
  test(`/${source}/${flags} matches as JavaScript's`, () => {
    assert.is(runs(ours(source, flags), text), runs(new RegExp(source, flags), text));
  });
}

test("refuses what it cannot match by the code of its rule", () => {
  const codes = ["(?<=a)b", "\\p{L}", "(a", "\\2(a)(b)", "a\\u{41}"].map((source) => {
    try {
      return parseRegExp(source, "u").groups;
    } catch (error) {
      return (error as Error).message;
    }
  });

  assert.equal(codes, ["C573", "C580", "C577", "C575", "C577"]);
});
