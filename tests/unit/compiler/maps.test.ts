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

test("say of the end of each block whose it is, which coverage asks", () => {
  const blink = join(DORMOUSE_ROOT, "examples/blink/main.ts");
  const { modules } = compile({ entry: blink, backend: "arena", packages: packagePaths(DORMOUSE_ROOT) });
  const { code, map } = modules.get(blink)!;
  const trace = new TraceMap(map);
  const lines = code.split("\n");
  const ends = lines.flatMap((text, i) =>
    /^ *}$/.test(text) ? [{ line: i + 1, column: text.length - 1 }] : [],
  );
  assert.ok(ends.length > 3);
  assert.equal(
    ends.filter((each) => originalPositionFor(trace, each).line === null),
    [],
  );
  const poll = lines.findIndex((text) => text.startsWith("function blink$poll"));
  const end = lines.indexOf("}", poll) + 1;
  assert.is(originalPositionFor(trace, { line: end, column: 0 }).line, 8);
});
