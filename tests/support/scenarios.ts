/**
 * Scenarios: small programs, each run by the library's executor in the simulator and by the executor of device
 * builds. What they wrote, with its time, must be the same.
 */
import { createContext, Script } from "node:vm";
import { buildXs } from "../../cli/build/device.js";
import type { Board } from "../../hal/index.js";
import { esp32 } from "../../targets/moddable/esp32.js";
import { compileProgram, writeProgram, type Loaded } from "./program.js";

/** Runs scenarios by name. */
export interface Scenarios {
  /** The lines written until `span` is over, `TIME TEXT`, and then the faults, `TASK: ERROR`. */
  readonly onArena: (name: string, span: number) => Promise<string[]>;
  readonly onBoard: (name: string, span: number) => string[];
}

interface Program {
  readonly default: (board: Board) => void;
}

const MAIN = `
  declare const SCENARIO: string;
  export default function main(board: Board): void {
    scenarios[SCENARIO]!(board.console);
  }
`;

/** Compiles a module with `const scenarios: { [name: string]: (out: Console) => void }`. */
export async function loadScenarios(source: string): Promise<Scenarios> {
  const load = await compileProgram<Program>(source + MAIN);
  const built = await buildXs({
    entry: await writeProgram(source + MAIN),
    board: esp32,
    minify: true,
  });
  const script = new Script(built.code);
  return {
    onArena: async (name, span) => runOnArena(await load(), name, span),
    onBoard: (name, span) => runOnBoard(script, name, span),
  };
}

function runOnArena({ program, sim, core }: Loaded<Program>, name: string, span: number): string[] {
  (globalThis as { SCENARIO?: string }).SCENARIO = name;
  const run = new sim.Sim().start(program.default).advance(core.ms(span));
  const lines = run.trace.lines
    .filter(({ text }) => !FAULT.test(text))
    .map(({ at, text }) => `${at} ${text}`);
  return [...lines, ...run.faults.map(({ task, error }) => `${task}: ${String(error)}`)];
}

const FAULT = /^(?:line \d+ )?task "(.*)" ended by an error(?:: (.*))?$/;

function runOnBoard(script: Script, name: string, span: number): string[] {
  const context = createContext({ SCENARIO: name }) as Record<string, unknown>;
  script.runInContext(context);
  (context["start"] as () => void)();
  const events = (context["virtual"] as { advance: (end: number) => string }).advance(span).split("\n");
  const lines = events
    .filter((event) => event !== "" && !FAULT.test(event))
    .map((event) => event.slice("line ".length));
  const faults = events.map((event) => FAULT.exec(event)).filter((match) => match !== null);
  return [...lines, ...faults.map((match) => `${match[1] ?? ""}: ${match[2] ?? ""}`)];
}
