/** The esbuild plugin over changes, as in its watch mode: what is said after each, and what the bundle then holds. */
import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BuildFailure, context } from "esbuild";
import * as assert from "uvu/assert";
import dormouse from "../../../compiler/plugin/esbuild.js";
import { suite } from "../../support/suite.js";

const test = suite("compiler/esbuild-plugin");
const folder = mkdtempSync(join(tmpdir(), "dormouse-esbuild-"));
test.after(() => {
  rmSync(folder, { recursive: true, force: true });
});

const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);

const mainWith = (from: string): string =>
  `import { ms, sleep, spawn, task } from "dormouse";
import { pause } from "${from}";
const blink = task(async function blink(n: number) {
  for (let i = 0; i < n; i++) await pause(sleep(ms(1)) ? 2 : 3);
});
export default function main(): void { spawn(blink, 3); }
`.replace("sleep(ms(1)) ? 2 : 3", "2");

const PAUSE = `import { ms, sleep } from "dormouse";
export async function pause(n: number): Promise<void> { await sleep(ms(n)); }
`;

/** Each change, and what is said after it: code or text, and place. */
const CHANGES: readonly (readonly [what: string, change: () => void, said: readonly string[]])[] = [
  ["a second file", () => write("pause.ts", PAUSE), []],
  ["a syntax error", () => write("pause.ts", PAUSE.replace("(n));", "(n);")), ["TS1005 pause.ts:2"]],
  [
    "an await in a callback",
    () =>
      write(
        "pause.ts",
        PAUSE.replace("await sleep", "[n].map((x) => await sleep")
          .replace(";}", ");}")
          .replace("(n)); }", "(x))); }"),
      ),
    ["C104 pause.ts:2"],
  ],
  [
    "its repair, with a BOM and the line ends of Windows",
    () => write("pause.ts", `\uFEFF${PAUSE.replaceAll("\n", "\r\n")}`),
    [],
  ],
  [
    "another name",
    () => renameSync(join(folder, "pause.ts"), join(folder, "rest.ts")),
    ["C107 main.ts:4", "unresolved main.ts:2"],
  ],
  ["the name in the import", () => write("main.ts", mainWith("./rest.js")), []],
  ["a line for the shell", () => write("main.ts", `#!/usr/bin/env node\r\n${mainWith("./rest.js")}`), []],
];

test("says of each change what it is, once, and compiles it when it is repaired", async () => {
  write("main.ts", mainWith("./pause.js"));
  write("pause.ts", PAUSE);
  const build = await context({
    entryPoints: [join(folder, "main.ts")],
    bundle: true,
    write: false,
    external: ["dormouse"],
    absWorkingDir: folder,
    logLevel: "silent",
    format: "esm",
    plugins: [dormouse()],
  });
  const said: string[][] = [];
  for (const [, change] of CHANGES) {
    change();
    said.push(
      await build.rebuild().then(
        ({ outputFiles }) => (/function pause\$poll/.test(outputFiles[0]!.text) ? [] : ["not compiled"]),
        (failure: unknown) =>
          (failure as BuildFailure).errors.map(({ text, location }) => {
            const what = text.startsWith("Could not resolve") ? "unresolved" : text.split(" ")[0];
            return `${what} ${location?.file}:${location?.line}`;
          }),
      ),
    );
  }
  await build.dispose();

  assert.equal(
    said.map((each) => each.sort()),
    CHANGES.map(([, , expected]) => expected),
  );
});
