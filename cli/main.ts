/** The command line: `start [PROGRAM...]`, `flash PROGRAM --port PORT`, `bridge`, `emit PROGRAM`. */
import { parseArgs } from "node:util";
import type { BoardSpec } from "../hal/index.js";
import { linux, pixl } from "../targets/espruino/index.js";
import { buildEspruino } from "./build/device.js";
import { placesIn } from "./build/places.js";
import { emit } from "./emit.js";
import { explained, printWarnings } from "./explain.js";
import { bridgeCommand, flashCommand } from "./flash/command.js";
import { GUARD } from "./flash/pieces.js";
import { host } from "./host.js";
import { printFunctions } from "./functions.js";
import { examples, findProgram } from "./programs.js";
import { start } from "./start.js";
import { UserError } from "./user-error.js";

const USAGE = `usage: npm start [-- PROGRAM...]                   run programs in the simulator and on the engines at hand
       npm run host -- PROGRAM                    run a program on Node, in real time; with --lanes it draws what its
                                                  worker threads did
       npm run flash -- PROGRAM --port PORT       build for Espruino and put it on a board; with --release it tells no
                                                  lines of errors, and is some bytes smaller
       npm run bridge                             let Espruino's Linux build be a board, at a TCP port
       npm run emit -- PROGRAM [--board|--shared] show what the compiler makes of it: for hosts, boards, or threads
       npm run emit -- PROGRAM --json             its functions: frames, code, what lives over which wait
PROGRAM is a folder with a main.ts, as examples/blink. PORT is tcp://HOST:PORT or a serial device.`;

/** Boards by what Espruino calls them. */
const BOARDS: Readonly<Record<string, BoardSpec>> = { PIXLJS: pixl, LINUX: linux };

const print = (line: string): void => {
  console.log(line);
};

async function run(command: string | undefined, args: string[]): Promise<boolean> {
  if (command === "start") {
    const { positionals } = parsed(args, []);
    return start(positionals.length === 0 ? examples() : positionals.map(findProgram), print);
  }
  if (command === "host") return hostOne(args);
  if (command === "flash") return flash(args);
  if (command === "emit") return emitOne(args);
  if (command === "bridge") return bridgeCommand({ cwd: process.cwd() }, print).then(() => true);
  throw new UserError(USAGE);
}

async function hostOne(args: string[]): Promise<boolean> {
  const drawsLanes = args.includes("--lanes");
  const { positionals } = parsed(
    args.filter((each) => each !== "--lanes"),
    [],
  );
  const [name, ...others] = positionals;
  if (name === undefined || others.length > 0) throw new UserError(USAGE);
  return host(findProgram(name).entry, drawsLanes);
}

async function flash(args: string[]): Promise<boolean> {
  const isRelease = args.includes("--release");
  const { positionals, port } = parsed(
    args.filter((each) => each !== "--release"),
    ["port"],
  );
  const [name, ...others] = positionals;
  if (name === undefined || others.length > 0 || port === undefined) throw new UserError(USAGE);
  const program = findProgram(name);
  let placeOf: ReturnType<typeof placesIn> | undefined;
  const build = async (model: string): Promise<string> => {
    const board = BOARDS[model] ?? pixl;
    if (BOARDS[model] === undefined)
      print(`no pin table for "${model}": that of ${board.name} is used (targets/espruino)`);
    const built = await buildEspruino({ entry: program.entry, board, minify: true, stacks: !isRelease });
    printWarnings(built.compiled.diagnostics);
    print(`built for ${board.name}: ${built.code.length} bytes`);
    placeOf = placesIn(built, GUARD);
    return built.code;
  };
  const options = { placeOf: (call: string) => placeOf?.(call) };
  await flashCommand({ code: build, name: program.name, port, options }, print);
  return true;
}

async function emitOne(args: string[]): Promise<boolean> {
  const isJson = args.includes("--json");
  const backend = args.includes("--board") ? "board" : args.includes("--shared") ? "shared" : "arena";
  const { positionals } = parsed(
    args.filter((each) => each !== `--${backend}` && each !== "--json"),
    [],
  );
  const [name, ...others] = positionals;
  if (name === undefined || others.length > 0) throw new UserError(USAGE);
  if (isJson) await printFunctions(findProgram(name), print);
  else emit(findProgram(name).entry, backend, print);
  return true;
}

function parsed(args: string[], options: string[]): { positionals: string[]; port?: string | undefined } {
  try {
    const known = Object.fromEntries(options.map((name) => [name, { type: "string" as const }]));
    const { values, positionals } = parseArgs({ args, options: known, allowPositionals: true });
    return { positionals, port: values["port"] };
  } catch (error) {
    throw new UserError(`${(error as Error).message}\n${USAGE}`);
  }
}

const [command, ...args] = process.argv.slice(2);
try {
  process.exitCode = (await run(command, args)) ? 0 : 1;
} catch (error) {
  const text = explained(error);
  if (text === null) throw error;
  console.error(text);
  process.exitCode = 1;
}
