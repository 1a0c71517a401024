/** docs/espruino.md shows the language table and the sizes of helpers. `npm test -- --update compiler/espruino/table` */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { transform } from "esbuild";
import * as assert from "uvu/assert";
import { GLOBALS } from "../../../../compiler/espruino/builtins/globals.js";
import { REGEXP } from "../../../../compiler/espruino/builtins/matcher.js";
import { STATICS } from "../../../../compiler/espruino/builtins/statics.js";
import { SYNTAX_HELPERS } from "../../../../compiler/espruino/builtins/syntax.js";
import { METHODS } from "../../../../compiler/espruino/helpers.js";
import { TABLE } from "../../../../compiler/espruino/profile/table.js";
import { readDocument } from "../../../support/documents.js";
import { suite } from "../../../support/suite.js";

const test = suite("compiler/espruino/table");
const PATH = "docs/espruino.md";
const isUpdate = process.env["UPDATE"] === "1";

test("has each example once", () => {
  const examples = Object.values(TABLE).flatMap((rows) => rows.map(([example]) => example));

  assert.equal(examples, [...new Set(examples)]);
});

test("is what the document shows", () => {
  compare("table", tables());
});

test("helpers have the sizes that the document shows", async () => {
  compare("sizes", await sizes());
});

function compare(name: string, text: string): void {
  const markdown = readDocument(PATH);
  const start = `<!-- ${name} -->\n`;
  const from = markdown.indexOf(start) + start.length;
  const to = markdown.indexOf(`<!-- end of ${name} -->`);
  if (isUpdate) writeFileSync(join(DORMOUSE_ROOT, PATH), markdown.slice(0, from) + text + markdown.slice(to));
  assert.is(isUpdate ? text : markdown.slice(from, to), text);
}

function tables(): string {
  const parts = Object.entries(TABLE).map(([title, rows]) => {
    const lines = rows.map(([example, value, engine, verdict]) => {
      const cells = [
        code(example),
        code(value),
        code(engine),
        verdict === "differs" ? "**differs**" : verdict,
      ];
      return `| ${cells.join(" | ")} |`;
    });
    const head = ["| example | JavaScript | Espruino | the build |", "| --- | --- | --- | --- |"];
    return [`### ${title}`, "", ...head, ...lines, ""].join("\n");
  });
  return `\n${parts.join("\n")}\n`;
}

function code(text: string): string {
  const safe = text.replaceAll("|", "\\|");
  return safe.includes("`") ? `\`\` ${safe} \`\`` : `\`${safe}\``;
}

async function sizes(): Promise<string> {
  const texts = new Map<string, string>();
  for (const [name, text] of Object.entries({ ...GLOBALS, ...STATICS })) texts.set(name, `x = ${text}`);
  for (const [name, text] of Object.entries(SYNTAX_HELPERS)) texts.set(name, text);
  texts.set("regular expressions", REGEXP);
  for (const [name, methods] of Object.entries(METHODS)) {
    for (const { kinds, text } of methods) texts.set(`.${name} (${kinds.join(", ")})`, `x = ${text}`);
  }
  const rows: string[] = [];
  for (const [name, text] of texts) {
    const { code: minified } = await transform(text, { minify: true, target: "es5" });
    rows.push(`| \`${name}\` | ${minified.trim().length} |`);
  }
  return ["\n| helper | bytes |", "| --- | --- |", ...rows, "\n"].join("\n");
}
