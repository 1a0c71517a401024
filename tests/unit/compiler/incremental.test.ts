// @timeout 240
/** A program that is compiled again after a change is what it would be if it were compiled for the first time. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as assert from "uvu/assert";
import { writeLargeProgram } from "../../../bench/measure/large-program.js";
import { compile, packagePaths, type Backend, type CompileOptions } from "../../../compiler/index.js";
import type { Program } from "../../../compiler/program/program.js";
import { suite } from "../../support/suite.js";

const test = suite("compiler/incremental");

const folder = mkdtempSync(join(tmpdir(), "dormouse-incremental-"));
test.after(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Changes of one module: a pattern, and what takes its place. What has an await is compiled, what has none is not. */
const EDITS: readonly (readonly [RegExp, string])[] = [
  // in bodies
  [/sum \+= n \* \d+/, "sum += n * 17"],
  [/sleep\(ms\(5\)\)/, "sleep(ms(6))"],
  [/^ {2}let sum = from;$/m, "  let sum = from;\n  // a line more"],
  [/sum = Math.max/, "await sleep(ms(3)); sum = Math.max"],
  [/await sleep\(ms\(3\)\); sum/, "sum"],
  [/await sleep\(ms\(1\)\);/, "sleep(ms(1));"],
  [/^ {6}sleep\(ms\(1\)\);/m, "      await sleep(ms(1));"],
  // what other modules see
  [/return text \+ "!";/, "return text;"],
  [
    /Promise<string> \{\n {2}await sleep/,
    "Promise<string> {\n  if (text === '') return text;\n  await sleep",
  ],
  [
    /export async function label\(out: Console, text: string\)/,
    "export async function label(out: Console, text: string, more = 1)",
  ],
  [
    /export async function label\(out: Console, text: string, more = 1\)/,
    "export async function label(out: Console, text: number)",
  ],
  [
    /export async function label\(out: Console, text: number\)/,
    "export async function label(out: Console, text: string)",
  ],
  [
    /export async function label/,
    "async function hidden(): Promise<void> { await sleep(ms(2)); }\nexport async function label",
  ],
  [/async function hidden\(\): Promise<void> \{ await sleep\(ms\(2\)\); \}\n/, ""],
  [
    /(export) async (function label[^{]*\{)\n/,
    "$1 $2 return other(out, text); }\nasync function other(out: Console, text: string): Promise<string> {\n",
  ],
  [/export function label[^\n]*\nasync function other/, "export async function label"],
  // tasks and methods
  [/produce\d+\(out/, "produced(out"],
  [
    /const consume = task\(async function consume(\d+)([^]*?)^\}\);$/m,
    "const consume = task(async function consume$1$2}, { pool: 3 });",
  ],
  [/\}, \{ pool: 3 \}\);/, "});"],
  [/class (Meter\d+) \{/, "class $1 {\n  async idle(): Promise<void> {}"],
  [/total: meter\.measure(\d+)\(item\)/, "total: items.receive()"],
  [/measure\d+/g, "measure"],
  [/break;\n/, "break\n"],
  [/readonly value: number/, "readonly value: number | undefined"],
  [/readonly value: number \| undefined/, "readonly value: number"],
  // text that is none
  [/for \(let n = 0; n < 10; n\+\+\) \{/, "for (let n = 0; n < 10; n++) {{"],
  [/\) \{\{/, ") {"],
];

/** A generator of numbers below `limit`, the same for each seed. */
function randomFrom(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return (state >>> 8) % limit;
  };
}

function resultOf(
  { entry, backend }: { entry: string; backend: Backend },
  previous?: Program,
): [object, Program] {
  const options: CompileOptions = { entry, backend, packages: packagePaths(DORMOUSE_ROOT) };
  const { program, modules, diagnostics, ...rest } = compile(options, previous);
  // TypeScript names the members of a union in the order in which it met them.
  const told = diagnostics.map((each) => (each.code.startsWith("TS") ? { ...each, message: "" } : each));
  const functions = rest.functions.map(({ pinnedBy, ...each }) => ({
    ...each,
    pinnedBy: pinnedBy.map((text) => text.replace(/"[^"]*"/, "")),
  }));
  return [{ ...rest, functions, diagnostics: told, modules: [...modules] }, program];
}

for (const [backend, seed] of [
  ["arena", 1],
  ["board", 2],
] as const) {
  test(`gives the same as a first compilation after each of many changes, for the ${backend} back end`, () => {
    const { entry, modules } = writeLargeProgram(join(folder, backend), 600);
    const random = randomFrom(Number(process.env["SEED"] ?? seed));
    let [, program] = resultOf({ entry, backend });
    for (let round = 0; round < Number(process.env["RUNS"] ?? 40); round++) {
      const file = modules[random(modules.length)]!;
      const [pattern, replacement] = EDITS[random(EDITS.length)]!;
      const text = readFileSync(file, "utf8");
      writeFileSync(file, text.replace(pattern, replacement));
      const [first] = resultOf({ entry, backend });
      const [again, next] = resultOf({ entry, backend }, program);
      program = next;

      assert.equal(again, first, `round ${round}: ${file}, ${String(pattern)}`);
      // A program that is refused stays so until the edit that repairs it comes; most rounds should compile.
      if ((first as { modules: unknown[] }).modules.length === 0) {
        writeFileSync(file, text);
        [, program] = resultOf({ entry, backend }, program);
      }
    }
  });
}

test("finds a module that was not there, and misses one that is there no more", () => {
  const entry = join(folder, "come-and-go.ts");
  const other = join(folder, "other.ts");
  writeFileSync(entry, `import { x } from "./other.js";\nexport default function main(): void { x(); }\n`);
  const [, without] = resultOf({ entry, backend: "arena" });
  writeFileSync(other, "export function x(): void {}\n");
  const [withIt, program] = resultOf({ entry, backend: "arena" }, without);
  assert.equal(withIt, resultOf({ entry, backend: "arena" })[0]);
  assert.is((withIt as { modules: unknown[] }).modules.length, 2);

  rmSync(other);
  const [gone] = resultOf({ entry, backend: "arena" }, program);
  assert.equal(gone, resultOf({ entry, backend: "arena" })[0]);
  assert.is((gone as { modules: unknown[] }).modules.length, 0);
});

test("compiles only the module of a body that changed, and those that await its functions", () => {
  const { entry, modules } = writeLargeProgram(join(folder, "few"), 600);
  const options: CompileOptions = { entry, backend: "arena", packages: packagePaths(DORMOUSE_ROOT) };
  const before = compile(options);
  const file = modules[2]!;
  writeFileSync(file, readFileSync(file, "utf8").replace(/sum \+= n/, "sum += 3 * n"));
  const after = compile(options, before.program);

  const made = [...after.modules].filter(([path, module]) => before.modules.get(path) !== module);
  assert.equal(
    made.map(([path]) => path),
    [file, modules[3]!],
  );
});
