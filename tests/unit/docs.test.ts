// @timeout 240
/**
 * The documentation is true where a machine can tell: its programs compile, its links lead somewhere, and what is
 * printed from the sources is what they are now. `npm test -- --update unit/docs` prints those parts anew:
 *
 *   <!-- KIND SUBJECT -->
 *   ... made by `printed`
 *   <!-- end -->
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as assert from "uvu/assert";
import { buildSim, importSim } from "../../cli/build/sim.js";
import { runSim } from "../../cli/engines/run-sim.js";
import { findProgram } from "../../cli/programs.js";
import { drawWaveform } from "../../cli/report/waveform.js";
import { compile, formatDiagnostic, packagePaths } from "../../compiler/index.js";
import type { Ticks } from "dormouse";
import type { BoardSpec } from "../../hal/index.js";
import { linux, pixl } from "../../targets/espruino/index.js";
import { esp32 } from "../../targets/moddable/index.js";
import { raspberry } from "../../targets/node/index.js";
import { generic, stimuliOf } from "../../targets/sim/index.js";
import { drawRun } from "../support/drawing.js";
import { blocksOf, documents, type Block, readDocument, writeBlock } from "../support/documents.js";
import { suite } from "../support/suite.js";

const test = suite("docs");

/** Programs of hosts, whose types are not checked. */
function testOnHosts(path: string, { text, line }: Block, i: number): void {
  test(`${path}: the program for hosts in line ${line} compiles`, () => {
    const module = writeBlock(text, `docs/${path.replace(/\W/g, "-")}-${i}`, "main.ts", true);
    const { diagnostics, functions } = compile({ modules: [module], packages: packagePaths(DORMOUSE_ROOT) });

    assert.equal(
      diagnostics.map((each) => formatDiagnostic(each, dirname(module))),
      [],
    );
    assert.ok(functions.length > 0);
  });
}

const PRINTED = /<!-- (compiled|file|board|waveform) ([^>]*?) -->\n([^]*?)<!-- end -->/g;
const BOARDS: readonly BoardSpec[] = [generic, pixl, linux, esp32, raspberry];

/** What stands between the marks of `kind` and `subject`. */
async function printed(kind: string, subject: string): Promise<string> {
  if (kind === "file") return fenced("ts", readFileSync(join(DORMOUSE_ROOT, subject), "utf8"));
  if (kind === "board") return pinTable(BOARDS.find((board) => board.name === subject)!);
  if (kind === "waveform") return fenced("text", `${await waveform(subject)}\n`);
  const [path, backend] = subject.split(" ");
  return fenced("js", generated(join(DORMOUSE_ROOT, path!), backend as "arena" | "board"));
}

function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\`\`\`\n`;
}

/** Pins of one use in one row, with the engine's lines where they are called otherwise. */
function pinTable(board: BoardSpec): string {
  const rows = new Map<string, string[]>();
  for (const [name, { line, can }] of Object.entries(board.pins)) {
    const use = can.join(", ");
    const pin = String(line) === name ? `\`${name}\`` : `\`${name}\` (${line})`;
    rows.set(use, [...(rows.get(use) ?? []), pin]);
  }
  const lines = [...rows].map(([use, pins]) => `| ${pins.join(", ")} | ${use} |`);
  return ["| pins | can |", "| --- | --- |", ...lines, ""].join("\n");
}

async function waveform(name: string): Promise<string> {
  const program = findProgram(name);
  const module = await importSim(await buildSim(program.entry, false), program.id);
  const { trace } = await runSim(module, program.scenario);
  return drawWaveform(trace, { width: 100, ascii: false, color: false });
}

/** The functions that the compiler adds to the module at `entry`. */
function generated(entry: string, backend: "arena" | "board"): string {
  const { modules } = compile({ entry, backend, packages: packagePaths(DORMOUSE_ROOT) });
  const code = modules.get(entry)?.code ?? "";
  return `${code.slice(code.indexOf("\nfunction ") + 1).trimEnd()}\n`;
}

test("docs/button.svg shows a run of examples/button", async () => {
  const path = join(DORMOUSE_ROOT, "docs/button.svg");
  const { entry, scenario } = findProgram("examples/button");
  const module = await importSim(await buildSim(entry, false), "button");
  const now = drawRun(module, scenario, (sim) =>
    sim
      .play(stimuliOf(scenario))
      .start(module.main)
      .advance(scenario.duration as Ticks),
  );
  if (process.env["UPDATE"] === "1") writeFileSync(path, now);

  assert.is(readFileSync(path, "utf8"), now);
});

for (const path of documents()) {
  const markdown = readDocument(path);
  const parts = [...markdown.matchAll(PRINTED)];

  for (const { 1: kind = "", 2: subject = "", 3: body = "" } of parts) {
    test(`${path}: ${kind} ${subject} is that of today`, async () => {
      const now = await printed(kind, subject);
      if (process.env["UPDATE"] === "1") print(path, `<!-- ${kind} ${subject} -->\n`, now);
      else assert.is(body, now);
    });
  }

  test(`${path}: links lead somewhere`, () => {
    assert.equal(
      linksIn(markdown).filter((link) => !exists(path, link)),
      [],
    );
  });

  blocksOf(markdown).forEach((block, i, all) => {
    const isPrinted = parts.some((part) => block.from > part.index && block.to < part.index + part[0].length);
    const isRefused = all[i + 1]?.language === "text" && path === "docs/messages.md";
    if (block.language === "typescript") testOnHosts(path, block, i);
    if (block.language !== "ts" || isPrinted || isRefused) return;
    test(`${path}: the program in line ${block.line} compiles`, () => {
      const entry = writeBlock(block.text, `docs/${path.replace(/\W/g, "-")}-${i}`);
      const { diagnostics } = compile({ entry, backend: "arena", packages: packagePaths(DORMOUSE_ROOT) });

      assert.equal(
        diagnostics.map((each) => formatDiagnostic(each, dirname(entry))),
        [],
      );
    });
  });
}

/** Puts `text` behind `mark`. */
function print(path: string, mark: string, text: string): void {
  const markdown = readDocument(path);
  const from = markdown.indexOf(mark) + mark.length;
  const rest = markdown.slice(markdown.indexOf("<!-- end -->", from));
  writeFileSync(join(DORMOUSE_ROOT, path), markdown.slice(0, from) + text + rest);
}

/** Links to files and headings of the repository. */
function linksIn(markdown: string): string[] {
  const prose = blocksOf(markdown).reduce((text, block) => text.replace(block.text, ""), markdown);
  const withoutCode = prose.replace(/`[^`\n]*`/g, "");
  return [...withoutCode.matchAll(/\]\(([^)\s]+)\)/g)]
    .map((match) => match[1]!)
    .filter((link) => !link.includes("://"));
}

function exists(from: string, link: string): boolean {
  const [file = "", heading] = link.split("#");
  const path = file === "" ? from : join(dirname(from), file);
  if (!existsSync(join(DORMOUSE_ROOT, path))) return false;
  return heading === undefined || headingsOf(readDocument(path)).includes(heading);
}

/** Headings as they are linked: lower case, blanks as dashes, no punctuation. */
function headingsOf(markdown: string): string[] {
  const heads = [...markdown.matchAll(/^#+ (.*)$/gm)].map((match) => match[1]!.toLowerCase());
  return heads.map((head) => head.replace(/[^\p{L}\p{N}\s_-]/gu, "").replaceAll(" ", "-"));
}
