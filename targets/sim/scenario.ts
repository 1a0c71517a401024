/**
 * Scenarios: what happens to a program's inputs, as data, so that every engine gets the same.
 *
 *   { "duration": 3000, "seed": 1,
 *     "inputs": [ { "pin": "BTN1", "at": 200, "level": 0, "bounce": 5 },
 *                 { "pin": "A0", "at": 0, "reading": 1200 },
 *                 { "pin": "D3", "at": 7, "level": 1, "every": 30, "until": 900 } ] }
 */
import type { Level } from "../../hal/index.js";
import { random } from "./random.js";

/** One entry of `inputs`, as written. Times in milliseconds. */
export interface InputEntry {
  /** The name of the line. */
  readonly pin: string;
  /** When. */
  readonly at: number;
  /** What the pin is driven to; or `reading` for an analog one. */
  readonly level?: Level;
  /** What a conversion of the pin gives from then on. */
  readonly reading?: number;
  /** For how long the contact bounces before it rests at `level`. */
  readonly bounce?: number;
  /** Repeats the entry after so long, until `until` or the end. */
  readonly every?: number;
  /** The last time that it may be repeated. */
  readonly until?: number;
}

/** What happens to a program's inputs, and for how long it runs. */
export interface Scenario {
  /** How long to run, in milliseconds. */
  readonly duration: number;
  /** Seeds the bounces. */
  readonly seed: number;
  /** What happens, in any order. */
  readonly inputs: readonly InputEntry[];
}

/** One thing that happens to one pin. */
export interface Stimulus {
  /** Milliseconds since start. */
  readonly at: number;
  /** The name of the line. */
  readonly pin: string;
  /** Whether the value is a reading. */
  readonly isAnalog: boolean;
  /** A level, or a reading. */
  readonly value: number;
}

/** What a scenario without a file is: three seconds in which nothing happens. */
export const quiet: Scenario = { duration: 3000, seed: 1, inputs: [] };

/** Everything that happens in `scenario`, in order of time; entries at one time in the order written. */
export function stimuliOf(scenario: Scenario): Stimulus[] {
  const chance = random(scenario.seed);
  const stimuli: Stimulus[] = [];
  for (const entry of scenario.inputs) {
    const last =
      entry.every === undefined ? entry.at : Math.min(entry.until ?? scenario.duration, scenario.duration);
    for (let at = entry.at; at <= last; at += entry.every ?? Infinity)
      stimuli.push(...happenings(entry, at, chance));
  }
  return stimuli
    .map((each, i) => ({ each, i }))
    .sort((a, b) => a.each.at - b.each.at || a.i - b.i)
    .map(({ each }) => each);
}

function happenings(entry: InputEntry, at: number, chance: () => number): Stimulus[] {
  const { pin, level, reading, bounce } = entry;
  if (reading !== undefined) return [{ at, pin, isAnalog: true, value: reading }];
  return bounceOf(level ?? 0, at, bounce ?? 0, chance).map((each) => ({ ...each, pin, isAnalog: false }));
}

/** The levels of a contact that goes to `level` at `at` and bounces for `within` milliseconds. */
export function bounceOf(
  level: Level,
  at: number,
  within: number,
  chance: () => number,
): { at: number; value: Level }[] {
  const levels: { at: number; value: Level }[] = [{ at, value: level }];
  for (let i = 1; i < within; i++) levels.push({ at: at + i, value: chance() < 0.5 ? 0 : 1 });
  if (within > 0) levels.push({ at: at + within, value: level });
  return levels;
}

/** No contact bounces for so long; each millisecond is a stimulus. */
const LONGEST_BOUNCE = 10_000;

/** A scenario from its JSON text. @throws Error with one clear line */
export function parseScenario(text: string): Scenario {
  const data = parsed(text) as { [name: string]: unknown };
  const { duration = quiet.duration, seed = quiet.seed, inputs = [] } = data;
  for (const name of Object.keys(data)) {
    if (!["duration", "seed", "inputs"].includes(name))
      throw new Error(`E711 "${name}": a scenario has duration, seed and inputs`);
  }
  if (!isTime(duration))
    throw new Error(`E711 "duration": ${JSON.stringify(duration)} is no number of milliseconds`);
  if (typeof seed !== "number") throw new Error(`E711 "seed": ${JSON.stringify(seed)} is no number`);
  if (!Array.isArray(inputs)) throw new Error('E711 "inputs": is no list');
  inputs.forEach(checkEntry);
  return { duration, seed, inputs: inputs as InputEntry[] };
}

function parsed(text: string): object {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw new Error(`E711 "scenario.json": is no JSON: ${(error as Error).message}`);
  }
  if (typeof data !== "object" || data === null || Array.isArray(data))
    throw new Error('E711 "scenario.json": is no object');
  return data;
}

function isTime(value: unknown): value is number {
  return typeof value === "number" && value >= 0;
}

const ENTRY_NAMES = ["pin", "at", "level", "reading", "bounce", "every", "until"];

function checkEntry(entry: unknown, i: number): void {
  const { pin, at, level, reading, every, until, bounce } = (entry ?? {}) as Record<string, unknown>;
  const where = `E711 "inputs[${i}]":`;
  const unknown = Object.keys(entry ?? {}).find((name) => !ENTRY_NAMES.includes(name));
  if (unknown !== undefined) throw new Error(`${where} "${unknown}" is none of ${ENTRY_NAMES.join(", ")}`);
  if (typeof pin !== "string") throw new Error(`${where} needs a pin`);
  if (!isTime(at)) throw new Error(`${where} needs at, the milliseconds from the start`);
  if ((level === undefined) === (reading === undefined))
    throw new Error(`${where} needs either a level or a reading`);
  if (level !== undefined && level !== 0 && level !== 1)
    throw new Error(`${where} level is 0 or 1, not ${JSON.stringify(level)}`);
  if (reading !== undefined && !isTime(reading))
    throw new Error(`${where} reading is no number of at least 0`);
  if (every !== undefined && !(isTime(every) && every >= 1))
    throw new Error(`${where} every is no number of at least 1, the milliseconds of a tick`);
  if (until !== undefined && !isTime(until)) throw new Error(`${where} until is no number of milliseconds`);
  if (bounce !== undefined && !(isTime(bounce) && bounce <= LONGEST_BOUNCE))
    throw new Error(`${where} bounce is no number of milliseconds, at most ${LONGEST_BOUNCE}`);
}
