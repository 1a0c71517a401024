// @timeout 240
/**
 * docs/messages.md is true: it has every code that the sources raise, and no other, and its examples give the messages
 * shown. `npm test -- --update unit/messages` rewrites those messages, and the table of Espruino's rules.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";
import * as assert from "uvu/assert";
import { buildEspruino } from "../../cli/build/device.js";
import { buildSim, importSim } from "../../cli/build/sim.js";
import { BuildError } from "../../cli/build/bundle.js";
import { runSim } from "../../cli/engines/run-sim.js";
import { lowerModule } from "../../compiler/espruino/lower.js";
import { PROFILE, type ProfileViolation } from "../../compiler/espruino/profile.js";
import { LoweringError } from "../../compiler/espruino/refuse.js";
import { compile, formatDiagnostic, packagePaths } from "../../compiler/index.js";
import { pixl } from "../../targets/espruino/index.js";
import { quiet } from "../../targets/sim/index.js";
import { blocksOf, readDocument, writeBlock, type Block } from "../support/documents.js";
import { suite } from "../support/suite.js";
import { PROFILE_CASES } from "./compiler/espruino/profile-cases.js";

const test = suite("messages");

const PATH = "docs/messages.md";
const CODE = /\b[CE]\d{3}\b/g;
const isUpdate = process.env["UPDATE"] === "1";

/** One code: its templates, and programs with the message that they give. */
interface Section {
  readonly code: string;
  readonly templates: readonly RegExp[];
  readonly examples: readonly { readonly program: Block; readonly message: Block }[];
}

function sectionsOf(markdown: string): Section[] {
  const blocks = blocksOf(markdown);
  const heads = [...markdown.matchAll(/^### ([CE]\d{3}).*$/gm)];
  return heads.map(({ index, 1: code = "" }, i) => {
    const end = heads[i + 1]?.index ?? markdown.length;
    const own = blocks.filter((block) => block.from > index && block.to < end);
    const templates = [...markdown.slice(index, end).matchAll(/^Template: (`+) ?(.*?) ?\1$/gm)];
    const examples = own.flatMap((program, k) => {
      const message = own[k + 1];
      return program.language === "ts" && message?.language === "text" ? [{ program, message }] : [];
    });
    return { code, templates: templates.map((match) => patternOf(match[2] ?? "")), examples };
  });
}

/** `pin "NAME" is in use`: words in capitals stand for anything. */
function patternOf(template: string): RegExp {
  const escaped = template.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replace(/\b[A-Z]+\b/g, ".+")}$`);
}

/** Codes in the texts of the sources; comments only mention them. */
function raisedCodes(): Set<string> {
  const codes = new Set<string>();
  for (const folder of ["core", "hal", "targets", "compiler", "cli"]) {
    for (const path of readdirSync(join(DORMOUSE_ROOT, folder), { recursive: true, encoding: "utf8" })) {
      if (!path.endsWith(".ts")) continue;
      const text = readFileSync(join(DORMOUSE_ROOT, folder, path), "utf8");
      for (const literal of literalsOf(ts.createSourceFile(path, text, ts.ScriptTarget.Latest))) {
        for (const [code] of literal.matchAll(CODE)) codes.add(code);
      }
    }
  }
  return codes;
}

function literalsOf(node: ts.Node): string[] {
  const own =
    ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node);
  const found = own ? [node.text] : [];
  ts.forEachChild(node, (child) => {
    found.push(...literalsOf(child));
  });
  return found;
}

test("the document has every code that the sources raise, and no other", () => {
  const markdown = readDocument(PATH);
  const rows = [...markdown.matchAll(/^\| (C\d{3}) \|/gm)].map((match) => match[1] ?? "");
  const documented = [...new Set([...sectionsOf(markdown).map((section) => section.code), ...rows])];

  assert.equal(documented.sort(), [...raisedCodes()].sort());
});

test("the list of what the language refuses has every code of the compiler", () => {
  const list = readDocument("docs/language.md");
  const codes = [...raisedCodes()].filter((code) => /^C[12]/.test(code)).sort();

  assert.equal(
    codes.filter((code) => !list.includes(`[${code}](messages.md#`)),
    [],
  );
});

/** What a person reads of the program. */
async function messageOf(code: string, block: Block, index: number): Promise<string> {
  const whole = code === "C103";
  const entry = writeBlock(block.text, `messages/${code}-${index}`, nameOf(block.text), whole);
  if (/^C[12]/.test(code)) {
    // As for the engine that lacks most.
    const engine = { backend: "board", hasIterators: false } as const;
    const { diagnostics } = compile({ entry, ...engine, packages: packagePaths(DORMOUSE_ROOT) });
    return diagnostics.map((each) => formatDiagnostic(each, dirname(entry))).join("\n");
  }
  try {
    if (code.startsWith("C")) await buildEspruino({ entry, board: pixl, minify: true });
    const module = await importSim(await buildSim(entry, false), code);
    const { faults } = await runSim(module, quiet);
    return faults.map(({ error }) => (error as Error).message).join("\n");
  } catch (error) {
    if (!(error instanceof BuildError)) return (error as Error).message;
    return error.diagnostics.map((each) => formatDiagnostic(each, dirname(entry))).join("\n");
  }
}

/** JavaScript gets past the checks of TypeScript: a block that says so in its first line. */
function nameOf(text: string): string {
  return /^\/\/ (\S+\.js)/.exec(text)?.[1] ?? "main.ts";
}

for (const { code, examples, templates } of sectionsOf(readDocument(PATH))) {
  examples.forEach(({ program, message }, i) => {
    test(`${code}: its example ${examples.length > 1 ? `${i + 1} ` : ""}gives the message shown`, async () => {
      const actual = `${await messageOf(code, program, i)}\n`;
      if (isUpdate) replaceBlock(message, actual);

      assert.is(isUpdate ? actual : message.text, actual);
      const own = actual.split("\n").filter((line) => line.startsWith(code));
      assert.ok(own.length > 0, `no ${code} in ${actual}`);
      for (const line of own) {
        const text = line.replace(/^[CE]\d{3} (\S+:\d+:\d+ )?(warning: )?/, "");
        assert.ok(
          templates.some((template) => template.test(text)),
          `no template fits: ${text}`,
        );
      }
    });
  });
}

test("the table of Espruino's rules is that of the compiler", async () => {
  const markdown = readDocument(PATH);
  const table = await ruleTable();
  const [start, end] = ["<!-- rules -->\n", "<!-- end of rules -->"];
  const from = markdown.indexOf(start) + start.length;
  const to = markdown.indexOf(end);
  if (isUpdate)
    writeFileSync(join(DORMOUSE_ROOT, PATH), markdown.slice(0, from) + table + markdown.slice(to));

  assert.is(isUpdate ? table : markdown.slice(from, to), table);
});

async function ruleTable(): Promise<string> {
  const rows = [
    "| code | example | Espruino | the build | write instead |",
    "| --- | --- | --- | --- | --- |",
  ];
  for (const { code, id, what, why } of PROFILE) {
    const { example, refusal } = await exampleOf(id);
    const build =
      refusal === undefined ? "rewrites it" : `refuses it${refusal.code === code ? "" : `: ${refusal.code}`}`;
    rows.push(
      `| ${[code, inline(example), `${what} ${why}`, build, refusal?.advice ?? ""].map(cell).join(" | ")} |`,
    );
  }
  return `${rows.join("\n")}\n`;
}

type Refusal = Pick<ProfileViolation, "code" | "advice">;

/** A program that breaks the rule: one that the build refuses, where it does not rewrite all of them. */
async function exampleOf(rule: string): Promise<{ example: string; refusal: Refusal | undefined }> {
  const programs = PROFILE_CASES[rule]?.breaks ?? [];
  for (const example of programs) {
    const refusal = await refusalOf(example);
    if (refusal !== undefined) return { example, refusal };
  }
  return { example: programs[0] ?? "", refusal: undefined };
}

async function refusalOf(program: string): Promise<Refusal | undefined> {
  try {
    lowerModule(program, "main.js");
    const entry = writeBlock(`${program}\nexport default function main() {}\n`, "messages/rules", "main.js");
    await buildEspruino({ entry, board: pixl, minify: true });
    return undefined;
  } catch (error) {
    if (error instanceof LoweringError) return error.violations[0];
    if (!(error instanceof BuildError)) throw error;
    const { code, message } = error.diagnostics[0]!;
    // The message is `Espruino: what ("excerpt") advice`.
    return { code, advice: message.slice(message.lastIndexOf('") ') + 3) };
  }
}

function inline(code: string): string {
  const text = code.replaceAll("\n", "\\n");
  return text.includes("`") ? `\`\` ${text} \`\`` : `\`${text}\``;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}

/** Blocks move when one before them grows: each is found again by its place. */
function replaceBlock(block: Block, text: string): void {
  const markdown = readDocument(PATH);
  const index = blocksOf(INITIAL).findIndex((each) => each.from === block.from);
  const now = blocksOf(markdown)[index];
  if (now === undefined) throw new Error("the document changed under the test");
  writeFileSync(
    join(DORMOUSE_ROOT, PATH),
    markdown.slice(0, now.start) + text + markdown.slice(now.start + now.text.length),
  );
}

const INITIAL = readDocument(PATH);
