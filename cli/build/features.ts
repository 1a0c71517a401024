/**
 * What a program uses, as words in each of our modules that asks: the bundler then leaves out what hangs on one that is
 * false. It knows constants of other modules only when it has decided what is used.
 */
import { readFileSync } from "node:fs";
import type { Plugin } from "esbuild";
import { withUsedExports, withUsedMembers } from "./members.js";
import type { Compiled } from "../../compiler/index.js";
import type { BoardSpec, PinFunction } from "../../hal/index.js";

/** A program on a board. */
export interface Placed {
  readonly compiled: Compiled;
  readonly board: BoardSpec;
  /** Whether it tells where a task that ended by an error was, for those who have the source map. */
  readonly stacks?: boolean | undefined;
}

/** The imports of core/features.ts, hal/features.ts and core/dev.ts. */
const IMPORT = /^import \{([^}]*)\} from "[^"]*\/(?:features|dev)\.js";/gm;

/** `text`, one of our modules, with true and false in the place of what it imports; the lines stay. */
export function withFeatures(text: string, placed: Placed): string {
  const all = {
    ...placed.compiled.features,
    ...placed.compiled.board.features,
    ...lineFeatures(placed),
    stacks: placed.stacks ?? false,
    dev: false,
    direct: false,
  };
  // anyDelay -> ANY_DELAY
  const names = Object.keys(all).map((name) => name.replace(/[A-Z]/g, "_$&").toUpperCase());
  const values = new Map(Object.values(all).map((value, i) => [names[i], value]));
  const imported = new Set<string>();
  const rest = text.replace(IMPORT, (whole, list: string) => {
    for (const name of list.match(/\w+/g) ?? []) imported.add(name);
    return whole.replace(/[^\n]/g, "");
  });
  for (const name of imported) if (!values.has(name)) throw new Error(`no feature "${name}"`);
  const known = rest.replace(/\b[A-Z_]+\b/g, (word) =>
    imported.has(word) ? String(values.get(word)) : word,
  );
  return withUsedMembers(withNumbers(known), placed.compiled);
}

/** What the program must look up of its board's lines. */
function lineFeatures({ compiled, board }: Placed): Record<string, boolean> {
  const opened = (compiled.board.pins ?? []).map((opening) => opening.split(" ") as [PinFunction, string]);
  const can = (pin: string, use: PinFunction): boolean => board.pins[pin]?.can.includes(use) ?? false;
  const claims = compiled.board.features.claims || !opened.every(([use, pin]) => can(pin, use));
  return {
    claims,
    lines: claims || !opened.every(([, pin]) => board.pins[pin]?.line === pin),
    deaf: claims || !opened.every(([use, pin]) => use !== "input" || can(pin, "interrupt")),
  };
}

/** `const PASSES = 16;`, which nobody else imports: the bundler keeps a variable for each. */
const NUMBER = /^const ([A-Z_]+) = (\d+);$/gm;

/** `text` with numbers in the place of their names. */
function withNumbers(text: string): string {
  const numbers = new Map([...text.matchAll(NUMBER)].map(([, name = "", value = ""]) => [name, value]));
  return text.replace(NUMBER, "").replace(/\b[A-Z_]+\b/g, (word) => numbers.get(word) ?? word);
}

/** Serves our modules with what the program needs. */
export function featuresPlugin(compiled: () => Compiled, board: BoardSpec, stacks = false): Plugin {
  return {
    name: "features",
    setup(build) {
      build.onLoad({ filter: /\/(core|hal|targets)\/.*\.ts$/ }, ({ path }) => {
        if (!path.startsWith(DORMOUSE_ROOT)) return undefined;
        const text = readFileSync(path, "utf8");
        const isIndex = path === `${DORMOUSE_ROOT}/core/board/index.ts`;
        const contents = isIndex
          ? withUsedExports(text, compiled())
          : withFeatures(text, { compiled: compiled(), board, stacks });
        return contents === text ? undefined : { contents, loader: "ts" };
      });
    },
  };
}
