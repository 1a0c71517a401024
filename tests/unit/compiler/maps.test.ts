/** Engines say where an error comes from in generated code: the source map leads from there to the author's line. */
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { Script, createContext } from "node:vm";
import { TraceMap, originalPositionFor } from "@jridgewell/trace-mapping";
import * as assert from "uvu/assert";
import { bundle, type Bundle } from "../../../cli/build/bundle.js";
import { compile, packagePaths } from "../../../compiler/index.js";
import { buildXs } from "../../../cli/build/device.js";
import { wrapper, type SimModule } from "../../../cli/build/sim.js";
import { esp32 } from "../../../targets/moddable/index.js";
import { ms } from "../../../core/index.js";
import { suite } from "../../support/suite.js";

const test = suite("compiler/maps");

const PROGRAMS = join(DORMOUSE_ROOT, "tests/unit/compiler/programs");
const entry = join(PROGRAMS, "throws.ts");

/** The comments `case NAME`: where each case throws, `FILE:LINE`. */
const places = ["throws.ts", "throws-helper.ts"].flatMap((file) =>
  readFileSync(join(PROGRAMS, file), "utf8")
    .split("\n")
    .flatMap((text, i) => {
      const name = /\/\/ case (\w+)/.exec(text)?.[1];
      return name === undefined ? [] : [{ name, place: `${file}:${i + 1}` }];
    }),
);

interface Way {
  readonly build: () => Promise<Bundle>;
  /** What the program wrote in a tenth of a second. */
  readonly run: (globals: Record<string, unknown>) => string;
}

function arena(minify: boolean): Way {
  const text = wrapper(entry).replace("export {", "globalThis.program = {");
  const esbuild = { format: "iife", target: "es2022", platform: "neutral" } as const;
  return {
    build: () => bundle({ entry, backend: "arena", minify, wrapper: () => text, esbuild }),
    run: (globals) => {
      const { Sim, main } = globals["program"] as SimModule;
      const { lines } = new Sim().start(main).advance(ms(100)).trace;
      return lines.map((line) => line.text).join("\n");
    },
  };
}

function board(minify: boolean): Way {
  return {
    build: () => buildXs({ entry, board: esp32, minify }),
    run: (globals) => {
      (globals["start"] as () => void)();
      return (globals["virtual"] as { advance: (end: number) => string }).advance(100);
    },
  };
}

const WAYS: Readonly<Record<string, Way>> = {
  arena: arena(false),
  "arena, minified": arena(true),
  board: board(false),
  "board, minified": board(true),
};

for (const [name, { build, run }] of Object.entries(WAYS)) {
  test(`lead from what V8 says to the author's line: ${name}`, async () => {
    const built = await build();
    const map = new TraceMap(built.map as ConstructorParameters<typeof TraceMap>[0]);
    const script = new Script(built.code, { filename: "generated.js" });
    const found = places.map((each) => {
      const globals = createContext({ CASE: each.name }) as Record<string, unknown>;
      script.runInContext(globals);
      const at = /generated\.js:(\d+):(\d+)/.exec(run(globals));
      const position = { line: Number(at?.[1] ?? 1), column: Number(at?.[2] ?? 1) - 1 };
      const { source, line } = originalPositionFor(map, position);
      return { name: each.name, place: `${basename(source ?? "nowhere")}:${String(line)}` };
    });

    assert.ok(found.length > 10);
    assert.equal(found, places);
  });
}

test("have the author's text, and names of what is called", async () => {
  const { map } = await arena(false).build();
  const { sources, sourcesContent, names } = map as Record<string, string[]>;

  const own = sources!.findIndex((source) => source.endsWith("/throws.ts"));
  assert.is(sourcesContent![own], readFileSync(entry, "utf8"));
  assert.ok(names!.includes("nothing"));
});

/** The module at `path`, with what it maps to at the start of `text` in it: its line there, or null. */
function mapped(path: string): { readonly code: string; readonly lineAt: (text: string) => number | null } {
  const { modules } = compile({ modules: [path], backend: "arena", packages: packagePaths(DORMOUSE_ROOT) });
  const { code, map } = modules.get(path)!;
  const trace = new TraceMap(map);
  const lines = code.split("\n");
  return {
    code,
    lineAt: (text) => {
      const line = lines.findIndex((each) => each.includes(text));
      assert.ok(line >= 0, text);
      return originalPositionFor(trace, { line: line + 1, column: lines[line]!.indexOf(text) }).line;
    },
  };
}

test("say of a function where it begins and ends, and of helpers that they are nobody's, which coverage asks", () => {
  const { code, lineAt } = mapped(join(PROGRAMS, "covered.ts"));

  assert.is(lineAt("function count$poll"), 4);
  const end = code.indexOf("\n}", code.indexOf("function count$poll"));
  const after = code.slice(end).split("\n")[1]!;
  assert.is(after, "}");
  for (const part of ["told", "Frame", "frame", "enter"]) assert.is(lineAt(`function count$${part}`), null);
  assert.is(lineAt("enter_: ($f, $a) =>"), null);
  assert.is(lineAt("export default"), 18);
});

test("say of each case the author's line that it begins with", () => {
  const { code, lineAt } = mapped(join(PROGRAMS, "covered.ts"));
  const cases = [...code.slice(code.indexOf("function count$poll")).matchAll(/case \d+:/g)].map(
    ([text]) => text,
  );

  // The body of the if behind its await, the catch, what is behind its await; and what is generated alone.
  for (const line of [9, 13, 14, null]) assert.ok(cases.map(lineAt).includes(line), String(line));
});
