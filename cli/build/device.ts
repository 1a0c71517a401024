/**
 * Device builds: the board back end, with the executor generated for the task set.
 *
 *   core/scheduler, task, runtime  -> core/board/...        the executor over a ready mask, its dispatch unrolled
 *   core/board/platform            -> the target's, where the engine has better timers
 *   core/dev                       -> errors say codes only
 */
import { readFileSync } from "node:fs";
import type { Plugin } from "esbuild";
import type { Compiled } from "../../compiler/index.js";
import { helpersPlugin } from "../../compiler/espruino/helpers.js";
import { lintProfile } from "../../compiler/espruino/lint.js";
import { lowerModule } from "../../compiler/espruino/lower.js";
import type { BoardSpec, PinTable } from "../../hal/index.js";
import { BuildError, bundle, type Bundle } from "./bundle.js";

/** Instances that a device executor can hold: a bit each in a word that engines keep as a small integer. */
const MOST_TASKS = 30;

const BOARD_PARTS = {
  "core/index": "core/board/index",
  "core/scheduler": "core/board/scheduler",
  "core/task": "core/board/task",
  "core/runtime": "core/board/runtime",
};

const GENERATED = {
  "core/dev": () => "export const DEV = false;",
  "core/board/scheduler": unrolledScheduler,
};

/** How a device build is wrapped and minified. */
export interface DeviceOptions {
  readonly entry: string;
  readonly board: BoardSpec;
  readonly minify: boolean;
}

/** Builds for Espruino: one script that runs when it is loaded. */
export async function buildEspruino(options: DeviceOptions): Promise<Bundle> {
  const result = await bundle({
    entry: options.entry,
    backend: "board",
    minify: options.minify,
    wrapper: (compiled) => {
      const board = `new EspruinoBoard(${JSON.stringify(options.board.name)}, ${pinTable(compiled, options.board)})`;
      return `import main from ${JSON.stringify(options.entry)};
        import { EspruinoBoard } from "./targets/espruino/board.js";
        main(${board});`;
    },
    plugin: {
      replace: { ...BOARD_PARTS, "core/board/platform": "targets/espruino/platform" },
      virtual: GENERATED,
      lower: lowerModule,
    },
    plugins: [helpersPlugin()],
    esbuild: { format: "iife", target: "es5" },
  });
  refuseViolations(result);
  return result;
}

/** The modules that Moddable supplies. */
const MODDABLE_MODULES = ["timer", "time", "embedded:io/digital", "embedded:io/analog"];

/** Builds for Moddable: one module whose default export starts the program. */
export async function buildModdable(options: DeviceOptions): Promise<Bundle> {
  return bundle({
    entry: options.entry,
    backend: "board",
    minify: options.minify,
    wrapper: (compiled) => `import main from ${JSON.stringify(options.entry)};
      import { ModdableBoard, start } from "./targets/moddable/index.js";
      export default function () {
        start();
        main(new ModdableBoard(${JSON.stringify(options.board.name)}, ${pinTable(compiled, options.board)}));
      }`,
    plugin: { replace: BOARD_PARTS, virtual: GENERATED },
    esbuild: { format: "esm", target: "es2022", external: MODDABLE_MODULES },
  });
}

/** Builds for the XS engine without a board: Moddable's modules are those of a virtual one. */
export async function buildXs(options: DeviceOptions): Promise<Bundle> {
  const virtual = "./cli/engines/virtual-moddable.js";
  return bundle({
    entry: options.entry,
    backend: "board",
    minify: options.minify,
    wrapper: (compiled) => `import main from ${JSON.stringify(options.entry)};
      import { ModdableBoard, start } from "./targets/moddable/index.js";
      import { virtual } from "${virtual}";
      globalThis.virtual = virtual;
      globalThis.start = () => {
        start();
        main(new ModdableBoard(${JSON.stringify(options.board.name)}, ${pinTable(compiled, options.board)}));
      };`,
    plugin: { replace: BOARD_PARTS, virtual: GENERATED },
    plugins: [virtualModules()],
    esbuild: { format: "iife", target: "es2022" },
  });
}

function virtualModules(): Plugin {
  return {
    name: "virtual-moddable",
    setup(build) {
      const filter = new RegExp(`^(${MODDABLE_MODULES.join("|")})$`);
      build.onResolve({ filter }, (args) => ({ path: args.path, namespace: "virtual-moddable" }));
      build.onLoad({ filter: /.*/, namespace: "virtual-moddable" }, (args) => {
        const name = args.path.split("/").pop()!;
        const from = `${DORMOUSE_ROOT}/cli/engines/virtual-moddable.ts`;
        return { contents: `export { ${name} as default } from ${JSON.stringify(from)};`, resolveDir: DORMOUSE_ROOT };
      });
    },
  };
}

/** The lines that the program names; all of them when it computes a name. */
function pinTable(compiled: Compiled, board: BoardSpec): string {
  const table: Record<string, unknown> = {};
  for (const name of compiled.pins ?? Object.keys(board.pins)) {
    const spec = (board.pins as PinTable)[name];
    if (spec !== undefined) table[name] = spec;
  }
  return JSON.stringify(table);
}

/** The device scheduler with its dispatch unrolled: `// @unroll` marks the loop over all tasks. */
function unrolledScheduler(compiled: Compiled): string {
  if (compiled.instances > MOST_TASKS) {
    const message = `${compiled.instances} task instances, and a board's executor has ${MOST_TASKS}. Make pools smaller`;
    throw new BuildError([{ code: "C301", file: "", line: 0, column: 0, message }]);
  }
  const source = readFileSync(`${DORMOUSE_ROOT}/core/board/scheduler.ts`, "utf8");
  const unrolled = source.replace(/\/\/ @unroll\n *for \(const task of tasks\) \{\n([^]*?)\n {8}\}\n/, (_, body: string) => {
    let text = "";
    for (let i = 0; i < compiled.instances; i++) {
      text += `${body.replaceAll("task.bit_", String(1 << i)).replaceAll(/\btask\b/g, `tasks[${i}]!`)}\n`;
    }
    return text;
  });
  if (unrolled === source) throw new Error("core/board/scheduler.ts has no loop to unroll");
  return unrolled;
}

function refuseViolations(result: Bundle): void {
  const violations = lintProfile(result.code, result.map);
  if (violations.length === 0) return;
  throw new BuildError(
    violations.map((each) => ({
      code: each.code,
      file: each.file ?? "",
      line: each.line,
      column: each.column,
      message: `${each.message} (${each.excerpt}) ${each.advice}`,
    })),
  );
}
