/**
 * `npm start`: runs programs in the simulator and on every engine at hand, and says whether they agree.
 *
 *   program -> sim (virtual time) -> picture, tasks, VCD
 *           -> XS (virtual time)          -> trace equal?
 *           -> Espruino (its own clock)   -> trace equal within the tolerance?
 */
import { mkdir, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { esp32 } from "../targets/moddable/index.js";
import { pixl } from "../targets/espruino/index.js";
import { buildEspruino, buildModdable, buildXs } from "./build/device.js";
import { codeBytes, sizesOf } from "./build/origins.js";
import { buildSim, importSim } from "./build/sim.js";
import { BuildError, type Bundle } from "./build/bundle.js";
import { explained, printWarnings } from "./explain.js";
import { workingEspruino, workingXs } from "./engines/check.js";
import type { Found } from "./engines/find.js";
import { mainOf } from "./engines/main-of.js";
import { faultsOnEspruino, faultsOnXs } from "./engines/where.js";
import { traceOnEspruino, type Clock } from "./engines/run-espruino.js";
import { runSim, type SimRun } from "./engines/run-sim.js";
import { runXs } from "./engines/run-xs.js";
import { moddableManifest } from "./build/manifest.js";
import type { ProgramFile } from "./programs.js";
import { compareTraces } from "./report/compare.js";
import { faultText } from "./report/fault.js";
import { chainLine, codeTable, frameTable, sizeTable, taskTable, type SizeRow } from "./report/tables.js";
import type { Trace } from "./report/trace.js";
import { toVcd } from "./report/vcd.js";
import { drawWaveform } from "./report/waveform.js";

/** Milliseconds by which events on Espruino's own clock may differ: its Linux build sleeps in steps, on a shared machine. */
export const ESPRUINO_TOLERANCE = 60;

/** Runs on a real clock before a difference counts: one pause of a loaded computer may change what a program sees. */
export const TRIES = 3;

/** Milliseconds from which on a scenario runs in virtual time on Espruino too: nobody wants to wait so long. */
const LONGEST_OWN_CLOCK = 60_000;

type Print = (line: string) => void;

interface Engines {
  readonly xs: Found;
  readonly espruino: Found;
}

/** Runs `programs`; whether all went well. */
export async function start(programs: readonly ProgramFile[], print: Print): Promise<boolean> {
  const engines = { xs: await workingXs(), espruino: await workingEspruino() };
  let isGood = true;
  for (const program of programs) isGood = (await startSafely(program, engines, print)) && isGood;
  for (const [name, { missing, isWrong }] of [
    ["XS", engines.xs],
    ["Espruino", engines.espruino],
  ] as const) {
    if (missing !== undefined) print(`\n${name} ${isWrong === true ? "FAILED" : "skipped"}: ${missing}`);
    if (isWrong === true) isGood = false;
  }
  return isGood;
}

/** A program with a mistake does not keep the others from running. */
async function startSafely(program: ProgramFile, engines: Engines, print: Print): Promise<boolean> {
  try {
    return await startOne(program, engines, print);
  } catch (error) {
    const text = explained(error);
    if (text === null) throw error;
    console.error(text);
    return false;
  }
}

async function startOne(program: ProgramFile, engines: Engines, print: Print): Promise<boolean> {
  const host = await buildSim(program.entry, false);
  print(`\n=== ${program.name}: ${program.scenario.duration} ms, seed ${program.scenario.seed}`);
  printWarnings(host.compiled.diagnostics);
  const module = await importSim(host, program.id);
  const run = await runSim({ ...module, main: mainOf(module) }, program.scenario);
  showRun(program, run, print);
  await writeVcd(program, run.trace, print);
  const builds = await buildAll(program);
  const [, , forEspruino] = builds;
  await writeBuilds(program, builds, print);
  print("");
  print(sizeTable(builds.flatMap((build) => ("bundle" in build ? [sizeRow(build)] : []))));
  print("");
  print(frameTable(host.compiled.functions));
  print("");
  print(
    codeTable(
      host.compiled.functions,
      builds.flatMap((build) => ("bundle" in build ? [codeRow(build)] : [])),
    ),
  );
  const chain = chainLine(host.compiled.functions);
  if (chain !== "") print(`\n${chain}`);
  print("");
  // One after the other: an engine on its own clock wants the processor for itself.
  const agreesXs = await compareXs(engines.xs, program, run.trace);
  print(agreesXs.line);
  const agreesEspruino = await compareEspruino(engines.espruino, program, run.trace, forEspruino);
  print(agreesEspruino.line);
  return agreesXs.isGood && agreesEspruino.isGood && run.faults.length === 0;
}

function showRun(program: ProgramFile, run: SimRun, print: Print): void {
  print("");
  print(drawWaveform(run.trace));
  if (run.trace.lines.length > 0) print("");
  for (const line of run.trace.lines) print(`  ${String(line.at).padStart(6)} ms  ${line.text}`);
  print("");
  print(run.tasks.length === 0 ? "  no task was declared" : taskTable(run.tasks));
  for (const fault of run.faults) {
    print(`\n  task "${fault.task}" ended by an error at ${fault.at} ms: ${faultText(fault.error)}`);
  }
  print(`\n  simulator: trace ${run.hash}, the same at every run of seed ${program.scenario.seed}`);
}

async function writeVcd(program: ProgramFile, trace: Trace, print: Print): Promise<void> {
  const file = await writeOut(program, `${program.id}.vcd`, toVcd(trace, { title: program.name }));
  print(`  waveform for GTKWave or PulseView: ${file}`);
}

/** What was built for one target, or why it could not be. */
type Build = { readonly target: string } & (
  { readonly bundle: Bundle; readonly file: string } | { readonly problem: string }
);

export async function buildAll(
  program: ProgramFile,
): Promise<[node: Build, moddable: Build, espruino: Build]> {
  const { entry, id } = program;
  const device = { entry, minify: true };
  return [
    await tryBuild("node, simulator", `${id}.node.mjs`, () => buildSim(entry, true)),
    await tryBuild("moddable esp32", "moddable/main.js", () => buildModdable({ ...device, board: esp32 })),
    await tryBuild("espruino pixl", `${id}.espruino.js`, () => buildEspruino({ ...device, board: pixl })),
  ];
}

/** A target may lack what a program uses: the others still run it. */
async function tryBuild(target: string, file: string, build: () => Promise<Bundle>): Promise<Build> {
  try {
    return { target, file, bundle: await build() };
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    return { target, problem: explained(error) ?? error.message };
  }
}

async function writeBuilds(program: ProgramFile, builds: readonly Build[], print: Print): Promise<void> {
  for (const build of builds) if ("bundle" in build) await writeOut(program, build.file, build.bundle.code);
  const manifest = await writeOut(program, "moddable/manifest.json", moddableManifest());
  print(
    `  builds for each target: ${relative(process.cwd(), outFolder(program))}; for mcconfig: ${manifest}`,
  );
}

function sizeRow({ target, bundle }: { target: string; bundle: Bundle }): SizeRow {
  return { target, ...sizesOf(bundle) };
}

function codeRow({ target, bundle }: { target: string; bundle: Bundle }): {
  target: string;
  bytes: number[];
} {
  return { target, bytes: codeBytes(bundle, bundle.compiled.functions) };
}

function outFolder(program: ProgramFile): string {
  return join(DORMOUSE_ROOT, "out", program.id);
}

async function writeOut(program: ProgramFile, name: string, text: string): Promise<string> {
  const file = join(outFolder(program), name);
  await mkdir(join(file, ".."), { recursive: true });
  await writeFile(file, text);
  return relative(process.cwd(), file);
}

interface Agreement {
  readonly isGood: boolean;
  /** Whether something was thrown there. */
  readonly hasFaults?: boolean;
  readonly line: string;
}

async function compareXs(xs: Found, program: ProgramFile, expected: Trace): Promise<Agreement> {
  if (xs.path === undefined) return { isGood: true, line: "  XS        skipped" };
  const { entry } = program;
  const build = await tryBuild("XS", "", () => buildXs({ entry, board: esp32, minify: true }));
  if ("problem" in build) return cannotRun("XS        ", build.problem);
  const result = await agreement("XS        ", "exactly, in virtual time", 0, expected, () =>
    runXs(xs.path, build.bundle.code, esp32, program.scenario, expected),
  );
  return withFaults(result, () => faultsOnXs(xs.path, program));
}

/** `result`, with what tasks threw on the engine below: where they did, and who awaits it. */
async function withFaults(result: Agreement, faults: () => Promise<string[]>): Promise<Agreement> {
  if (result.hasFaults !== true) return result;
  const texts = await faults().catch((error: unknown) => [(error as Error).message]);
  if (texts.length === 0) texts.push("where is not known: nothing was thrown in a build that tells lines");
  const below = texts.map((text) => `\n${text.replace(/^/gm, "    ")}`);
  return { ...result, line: result.line + below.join("") };
}

function cannotRun(engine: string, problem: string): Agreement {
  return { isGood: false, line: `  ${engine}cannot run it:\n${problem.replace(/^/gm, "    ")}` };
}

async function compareEspruino(
  espruino: Found,
  program: ProgramFile,
  expected: Trace,
  build: Build,
): Promise<Agreement> {
  const { path } = espruino;
  if (path === undefined) return { isGood: true, line: "  Espruino  skipped" };
  if ("problem" in build) return cannotRun("Espruino  ", build.problem);
  const { code } = build.bundle;
  const run = async (clock: Clock = "own"): Promise<Trace> => {
    const { trace, uncaught } = await traceOnEspruino(path, code, pixl, program.scenario, expected, clock);
    if (uncaught.length > 0) throw new Error(uncaught.join("; "));
    return trace;
  };
  const result = await agreementOnClocks(program.scenario.duration, expected, run);
  return withFaults(result, () => faultsOnEspruino(path, program, pixl, expected));
}

/** Compares with runs on the engine's own clock, unless that takes too long. */
async function agreementOnClocks(
  duration: number,
  expected: Trace,
  run: (clock?: Clock) => Promise<Trace>,
): Promise<Agreement> {
  const inVirtualTime = (why: string): Promise<Agreement> =>
    agreement("Espruino  ", `exactly, in virtual time${why}`, 0, expected, () => run("virtual"));
  if (duration > LONGEST_OWN_CLOCK)
    return inVirtualTime(`, since the run is longer than ${LONGEST_OWN_CLOCK / 1000} s`);
  const how = `within ${ESPRUINO_TOLERANCE} ms, on its own clock`;
  let result = await agreement("Espruino  ", how, ESPRUINO_TOLERANCE, expected, run);
  for (let tries = 2; tries <= TRIES && !result.isGood; tries++) {
    result = await agreement("Espruino  ", `${how}, at try ${tries}`, ESPRUINO_TOLERANCE, expected, run);
  }
  if (result.isGood || !(await inVirtualTime("")).isGood) return result;
  const hint = "in virtual time it is the same: what differs is how long the engine takes for each step";
  return { ...result, isGood: false, line: `${result.line}\n    ${hint}` };
}

async function agreement(
  engine: string,
  how: string,
  tolerance: number,
  expected: Trace,
  run: () => Promise<Trace>,
): Promise<Agreement> {
  try {
    const actual = await run();
    const { equal, worst, differences } = compareTraces(expected, actual, tolerance);
    const events = `${actual.pins.length} pin events, ${actual.lines.length} lines`;
    const far = tolerance === 0 ? "" : `, worst ${worst} ms`;
    const hasFaults = actual.lines.some(({ text }) => / ended by an error$/.test(text));
    if (equal)
      return {
        isGood: true,
        hasFaults,
        line: `  ${engine}trace equals the simulator's ${how} (${events}${far})`,
      };
    return {
      isGood: false,
      hasFaults,
      line: `  ${engine}trace DIFFERS from the simulator's (${how}):\n    ${differences.join("\n    ")}`,
    };
  } catch (error) {
    return { isGood: false, hasFaults: true, line: `  ${engine}FAILED: ${(error as Error).message}` };
  }
}
