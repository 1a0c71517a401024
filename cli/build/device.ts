/**
 * Device builds: the board back end, with the executor generated for the task set.
 *
 *   core/scheduler, task, runtime  -> core/board/...        the executor over a ready mask, its dispatch unrolled
 *   core/board/platform            -> the target's
 *   core/sync/channel              -> a smaller one, where the program gives up no future
 *   core/features, dev             -> what the program uses (features.ts); errors say codes only
 */
import { readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { TraceMap, originalPositionFor } from "@jridgewell/trace-mapping";
import { build, type BuildOptions, type Plugin } from "esbuild";
import { composed, withMap, type Compiled } from "../../compiler/index.js";
import { helpersPlugin } from "../../compiler/espruino/helpers.js";
import { lintProfile } from "../../compiler/espruino/lint.js";
import { finished } from "../../compiler/espruino/finish.js";
import { lowerModule } from "../../compiler/espruino/lower.js";
import { promisesPlugin } from "../../compiler/espruino/promises.js";
import type { ProfileViolation } from "../../compiler/espruino/profile.js";
import { LoweringError } from "../../compiler/espruino/refuse.js";
import type { BoardSpec } from "../../hal/index.js";
import { BuildError, bundle, codeAndMap, type Bundle } from "./bundle.js";
import { featuresPlugin, withFeatures, type Placed } from "./features.js";
import { withArrows, withoutSingles } from "./shorten/index.js";

/** Instances that a device executor can hold: a bit each in a word that engines keep as a small integer. */
const MOST_TASKS = 30;

const BOARD_PARTS = {
  "core/index": "core/board/index",
  "core/clock": "core/board/clock",
  "core/scheduler": "core/board/scheduler",
  "core/task": "core/board/task",
  "core/tasks/port": "core/board/port",
  "core/tasks/turns": "core/board/turns",
  "core/complete": ({ features: { drops } }: Compiled) => (drops ? undefined : "core/board/complete"),
  "core/runtime": "core/board/runtime",
  "core/board/spawn": ({ features: { spreads, pools, reserves, full, bonds, observed } }: Compiled) =>
    spreads || pools || reserves || full || bonds || observed ? undefined : "core/board/plain-spawn",
  "core/board/pools": ({
    features: { pools, named, policies, priorities, restarts, deadlines },
  }: Compiled) =>
    pools || named || policies || priorities || restarts || deadlines ? undefined : "core/board/single",
};

/** Classes that rest on that of channels. */
const DERIVED = ["DropNewestChannel", "DropOldestChannel", "PriorityChannel"];

/** Channels that know no more than the program asks of them: none of its futures is given up, no channel is looked at. */
const channel =
  (path: string) =>
  ({ features: { drops, sizes }, board: { words } }: Compiled): string | undefined =>
    drops || sizes || DERIVED.some((name) => words.has(name)) ? undefined : path;

/** Tasks that are looked through for deadlines sooner than one could keep these in order. */
const FEW_TASKS = 8;

const MODDABLE_PARTS = {
  ...BOARD_PARTS,
  "core/board/timer-list": ({ features: { drops }, instances }: Compiled) =>
    drops || instances > FEW_TASKS ? undefined : "core/board/timer-scan",
  "core/board/platform": "targets/moddable/platform",
  "core/sync/channel": channel("core/board/channel"),
};

const ESPRUINO_PARTS = {
  ...BOARD_PARTS,
  "core/board/platform": "targets/espruino/platform",
  "core/sync/channel": channel("targets/espruino/channel"),
};

function generated(board: BoardSpec): Record<string, (compiled: Compiled) => string> {
  return {
    "core/board/scheduler": (compiled) => unrolledScheduler({ compiled, board }),
  };
}

/** Esbuild hides what ES5 lacks in `new RegExp("...")`, where the lint does not look. */
const AS_WRITTEN = Object.fromEntries(
  ["dot-all-flag", "lookbehind-assertions", "match-indices", "named-capture-groups"]
    .concat(["set-notation", "sticky-and-unicode-flags", "unicode-property-escapes"])
    .map((feature) => [`regexp-${feature}`, true]),
);

/** How a device build is wrapped and minified. */
export interface DeviceOptions {
  readonly entry: string;
  readonly board: BoardSpec;
  readonly minify: boolean;
  /** Whether a fault is told with its calls, which {@link placesIn} knows the author's lines of; some 25 bytes. */
  readonly stacks?: boolean;
}

/** What every wrapper imports: the program, and what {@link boardText} names. */
function importsOf({ entry }: DeviceOptions, target: string): string {
  return `import main from ${JSON.stringify(entry)};
      import * as pins from "./targets/${target}/pins.js";
      import { describe } from "./hal/device-lines.js";`;
}

/** Builds for Espruino: one script that runs when it is loaded. */
export async function buildEspruino(options: DeviceOptions): Promise<Bundle> {
  const bundled = await bundle({
    entry: options.entry,
    backend: "board",
    minify: options.minify,
    wrapper: (compiled) => `${importsOf(options, "espruino")}
      main(${boardText(compiled, options.board)});`,
    plugin: {
      hasIterators: false,
      replace: ESPRUINO_PARTS,
      virtual: generated(options.board),
    },
    plugins: (compiled) => [featuresPlugin(compiled, options.board, options.stacks)],
    // Lowering comes after: constants are folded and unused code is gone while the text is still modern.
    esbuild: { format: "esm", target: "es2022", supported: AS_WRITTEN, minify: false, minifySyntax: true },
  });
  const result = await lowerBundle(options.minify ? await shortened(bundled) : bundled, options);
  refuseViolations(result);
  return result;
}

/** `bundled`, which is modern still, without functions that are called at one place. */
async function shortened(bundled: Bundle): Promise<Bundle> {
  const { code, map } = withoutSingles(bundled);
  const how: BuildOptions = { format: "esm", target: "es2022", supported: AS_WRITTEN, minifySyntax: true };
  return { ...bundled, ...(await rebundled(code, map, how)) };
}

/** `A0` to `Z9`. */
const PINS = Array.from({ length: 260 }, (_, i) => String.fromCharCode(65 + i / 10) + String(i % 10));

/**
 * Dropped as dead code, but not before it keeps the minifier from names that mean something to Espruino: `of` is a keyword,
 * and parameters of an arrow may not be called as a pin.
 */
const RESERVED = `\nif (0) [of, ${PINS.join()}];\n`;

/** What is short, and Espruino runs it right. */
const SHORT_FORMS = { arrow: true, "object-extensions": true };

/** Short names for what promises are made of; what `code` already has under such names is its own. */
function mangling(code: string): Pick<BuildOptions, "mangleProps" | "reserveProps"> {
  const mangleProps = /[^_]_$/;
  const words = new Set(code.match(/[\w$]+/g)?.filter((word) => mangleProps.test(word)));
  if (words.size === 0) return { mangleProps };
  return { mangleProps, reserveProps: new RegExp(`^(${[...words].join("|").replaceAll("$", "\\$")})$`) };
}

/** Lowers a whole bundle to what Espruino runs. */
async function lowerBundle(bundled: Bundle, { minify, stacks }: DeviceOptions): Promise<Bundle> {
  const lowered = loweredText(bundled);
  const text = { code: lowered.code, map: composed(lowered.map, bundled.map) };
  const { code, map } = minify
    ? withArrows(text, { declared: "var", inModule: true, isOrdered: true })
    : text;
  const output = await rebundled(minify ? code + RESERVED : code, map, {
    minify,
    ...(minify ? mangling(bundled.code) : {}),
    format: "iife",
    target: "es5",
    supported: { ...AS_WRITTEN, ...(minify ? SHORT_FORMS : {}) },
    plugins: [
      helpersPlugin({ lower: lowerModule, root: DORMOUSE_ROOT, stacks }),
      promisesPlugin(DORMOUSE_ROOT),
    ],
  });
  return { ...bundled, ...finished(output.code, output.map) };
}

/** The modules that Moddable supplies. */
const MODDABLE_MODULES = ["timer", "time", "embedded:io/digital", "embedded:io/analog"];

/** What packages use, and Moddable has not. */
const INJECTED = [`${DORMOUSE_ROOT}/targets/moddable/timeouts.ts`];

/** Builds for Moddable: one module whose default export starts the program. */
export async function buildModdable(options: DeviceOptions): Promise<Bundle> {
  const bundled = await bundle({
    entry: options.entry,
    backend: "board",
    minify: options.minify,
    wrapper: (compiled) => `${importsOf(options, "moddable")}
      import { start } from "./targets/moddable/platform.js";
      export default function () {
        start();
        main(${boardText(compiled, options.board)});
      }`,
    plugin: { replace: MODDABLE_PARTS, virtual: generated(options.board) },
    plugins: (compiled) => [featuresPlugin(compiled, options.board)],
    esbuild: {
      format: "esm",
      target: "es2022",
      external: MODDABLE_MODULES,
      inject: INJECTED,
      minify: false,
      minifySyntax: options.minify,
    },
  });
  return options.minify ? again(bundled, { format: "esm", plugins: [suppliedModules] }) : bundled;
}

/** An import of what Moddable supplies goes when nothing uses it: to load such a module does nothing else. */
const suppliedModules: Plugin = {
  name: "supplied-modules",
  setup(build) {
    const filter = new RegExp(`^(${MODDABLE_MODULES.join("|")})$`);
    build.onResolve({ filter }, ({ path }) => ({ path, external: true, sideEffects: false }));
  },
};

/** Bundles a module once more, and minifies it: what only dead code asked for goes then. */
async function again(bundled: Bundle, how: BuildOptions): Promise<Bundle> {
  const { code, map } = withArrows(withoutSingles(bundled), {
    declared: "let",
    inModule: false,
    isOrdered: false,
  });
  return { ...bundled, ...(await rebundled(code, map, { minify: true, target: "es2022", ...how })) };
}

/** Bundles `code`, which is a bundle already, as `options` say. */
async function rebundled(
  code: string,
  map: object,
  options: BuildOptions,
): Promise<{ code: string; map: object }> {
  const { outputFiles } = await build({
    stdin: { contents: withMap(code, map), sourcefile: "bundle.js" },
    outfile: `${DORMOUSE_ROOT}/out/bundle.js`,
    bundle: true,
    sourcemap: "external",
    charset: "ascii",
    logLevel: "silent",
    absWorkingDir: DORMOUSE_ROOT,
    ...options,
    write: false,
  });
  return codeAndMap(outputFiles);
}

/** Builds for the XS engine without a board: Moddable's modules are those of a virtual one. */
export async function buildXs(options: DeviceOptions): Promise<Bundle> {
  const virtual = "./cli/engines/virtual-moddable.js";
  const bundled = await bundle({
    entry: options.entry,
    backend: "board",
    minify: options.minify,
    wrapper: (compiled) => `${importsOf(options, "moddable")}
      import { start } from "./targets/moddable/platform.js";
      import { virtual } from "${virtual}";
      globalThis.virtual = virtual;
      globalThis.start = () => {
        start();
        main(${boardText(compiled, options.board)});
      };`,
    plugin: { replace: MODDABLE_PARTS, virtual: generated(options.board) },
    plugins: (compiled) => [virtualModules(), featuresPlugin(compiled, options.board, options.stacks)],
    esbuild: {
      format: "esm",
      target: "es2022",
      inject: INJECTED,
      minify: false,
      minifySyntax: options.minify,
    },
  });
  if (options.minify) return again(bundled, { format: "iife" });
  return {
    ...bundled,
    ...(await rebundled(bundled.code, bundled.map, { format: "iife", target: "es2022" })),
  };
}

function virtualModules(): Plugin {
  return {
    name: "virtual-moddable",
    setup(build) {
      const filter = new RegExp(`^(${MODDABLE_MODULES.join("|")})$`);
      build.onResolve({ filter }, (args) => ({ path: args.path, namespace: "virtual-moddable" }));
      build.onLoad({ filter: /.*/, namespace: "virtual-moddable" }, (args) => {
        const name = basename(args.path);
        const from = `${DORMOUSE_ROOT}/cli/engines/virtual-moddable.ts`;
        return {
          contents: `export { ${name} as default } from ${JSON.stringify(from)};`,
          resolveDir: DORMOUSE_ROOT,
        };
      });
    },
  };
}

/**
 * The board object, with only the parts that the program uses. The wrapper imports the target's `pins.ts` as `pins`.
 */
function boardText(compiled: Compiled, board: BoardSpec): string {
  const parts = compiled.board.parts.map((part) =>
    part === "name" ? `name: ${JSON.stringify(board.name)}` : `${part}: pins.${part}`,
  );
  const needsPins = compiled.board.parts.some((part) => /^(output|input|analog)$/.test(part));
  const setUp = needsPins ? `describe(${JSON.stringify(lineTable(compiled, board))}), ` : "";
  return `(${setUp}{ ${parts.join(", ")} } as never)`;
}

/** The lines that the program opens, by use and name; all of them when it computes a name. */
function lineTable(compiled: Compiled, board: BoardSpec): Record<string, string | number> {
  const table: Record<string, string | number> = {};
  for (const [name, spec] of Object.entries(board.pins)) {
    for (const use of spec.can) {
      const opener = use === "interrupt" ? "input" : use;
      if (compiled.board.pins?.includes(`${opener} ${name}`) ?? true) table[use + name] = spec.line;
    }
  }
  return table;
}

/** The device scheduler with its dispatch unrolled, over variables for the tasks: its comments `@...` mark the places. */
function unrolledScheduler(placed: Placed): string {
  const { compiled } = placed;
  if (compiled.instances > MOST_TASKS) {
    const message = `${compiled.instances} task instances, and a board's executor has ${MOST_TASKS}. Make pools smaller`;
    throw new BuildError([{ code: "C301", severity: "error", file: "", line: 0, column: 0, message }]);
  }
  const source = readFileSync(`${DORMOUSE_ROOT}/core/board/scheduler.ts`, "utf8");
  const tasks = Array.from({ length: compiled.instances }, (_, i) => i);
  const { cancels, holds, pauses, yields } = compiled.features;
  // Tasks that yield are polled most: to find a variable takes less than to look into a list.
  const isNamed = yields && tasks.length > 0;
  const named = tasks.map((i) => `task${i} = tasks[${i}]!;`).join(" ");
  const unrolled = withFeatures(source, placed)
    .replace("// @tasks\n", isNamed ? tasks.map((i) => `let task${i}: Strand | undefined;\n`).join("") : "")
    .replace("// @named\n", isNamed ? `if (!task0) { ${named} }\n` : "")
    .replace(LOOP, (_, body: string) => {
      const name = (i: number): string => (isNamed ? `task${i}!` : `tasks[${i}]!`);
      const pass = tasks.map((i) => ofTask(body, i, name(i))).join("\n");
      return yields && !cancels && !holds && !pauses ? twoPasses(pass) : pass;
    });
  if (LOOP.test(unrolled)) throw new Error("core/board/scheduler.ts has no loop to unroll");
  return unrolled;
}

/** The loop over all tasks, with its body. */
const LOOP = /\/\/ @unroll\n *for \(const task of tasks\) \{\n([^]*?)\n {8}\}\n/;

/**
 * To count passes costs Espruino as much as half a switch: the loop counts every second one, where nothing needs a look
 * between them. A throw leaves the turns of the first one alone behind.
 */
function twoPasses(pass: string): string {
  return `${pass}\nif (ready) {\n${pass.replaceAll(" & turns", "")}\n}\n`;
}

function ofTask(body: string, i: number, name: string): string {
  return `${body.replaceAll("task.bit_", String(1 << i)).replaceAll(/\btask\b/g, name)}\n`;
}

function loweredText(bundled: Bundle): { code: string; map: object } {
  try {
    return lowerModule(bundled.code, "bundle.js");
  } catch (error) {
    if (!(error instanceof LoweringError)) throw error;
    const map = new TraceMap(bundled.map as ConstructorParameters<typeof TraceMap>[0]);
    throw violationError(
      error.violations.map((each) => {
        const { source, line, column } = originalPositionFor(map, {
          line: each.line,
          column: each.column - 1,
        });
        return source === null ? each : { ...each, file: source, line, column: column + 1 };
      }),
    );
  }
}

function refuseViolations(result: Bundle): void {
  const violations = lintProfile(result.code, result.map);
  if (violations.length > 0) throw violationError(violations);
}

/** What Espruino cannot run, at the author's lines. */
function violationError(violations: readonly ProfileViolation[]): BuildError {
  return new BuildError(
    violations.map(({ code, file, line, column, message, excerpt, advice }) => ({
      code,
      severity: "error",
      file: file === undefined ? "" : resolve(DORMOUSE_ROOT, "out", file),
      line,
      column,
      message: `Espruino: ${message} ("${excerpt}") ${advice}`,
    })),
  );
}
