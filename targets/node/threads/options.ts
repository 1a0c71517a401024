/** Checks of what authors ask for. */
import { coded } from "../tool-errors.js";
import { QUEUE_OF } from "./job.js";
import { FLAVORS } from "./tasks/queues.js";
import type { ThreadsOptions } from "./threads.js";
import type { JobOptions, LaneName } from "./types.js";

/** Of each option that is a number: the least, the most, and whether it is a count. */
const NUMBERS = {
  workers: [1, 256, true],
  concurrency: [1, 512, true],
  queueLimit: [0, Infinity, true],
  minBlocking: [0, 256, true],
  maxBlocking: [1, 256, true],
  keepAlive: [0, Infinity, false],
  hungAfter: [1, Infinity, false],
  abortGrace: [0, Infinity, false],
  trace: [0, 1_000_000, true],
} as const;

const LANES: readonly LaneName[] = ["cpu", "blocking"];

/** The other options. */
const OTHERS = [
  "flavor",
  "program",
  "lazy",
  "warmUp",
  "measure",
  "onFault",
  "resourceLimits",
  "env",
  "execArgv",
];
const OF_JOBS = ["signal", "transfer", "priority", "lane", "pin", "hungAfter"];

/** @throws E420 */
export function checkOptions(options: ThreadsOptions): void {
  checkNames("options", options, [...Object.keys(NUMBERS), ...OTHERS]);
  for (const [name, [least, most, isCount]] of Object.entries(NUMBERS)) {
    const value: unknown = options[name as keyof typeof NUMBERS];
    if (value !== undefined) checkNumber(name, value, least, most, isCount);
  }
  const { flavor } = options;
  if (flavor !== undefined && !FLAVORS.includes(flavor)) throw unknown("flavor", flavor, FLAVORS);
  const { minBlocking = 0, maxBlocking = Infinity } = options;
  if (minBlocking > maxBlocking) {
    throw coded("E420", "minBlocking", `${minBlocking} is more than maxBlocking, which is ${maxBlocking}`);
  }
}

/** @throws E420 */
export function checkJob(
  name: string,
  args: unknown,
  options: JobOptions,
  workersOf: (lane: LaneName) => number,
): void {
  if (!Array.isArray(args)) throw coded("E420", name, "arguments are a list: run(fn, [first, second])");
  const { priority, lane, hungAfter, pin, transfer } = options;
  if (transfer !== undefined && !Array.isArray(transfer))
    throw coded("E420", "transfer", "is a list: { transfer: [bytes.buffer] }");
  if (priority !== undefined && !(priority in QUEUE_OF))
    throw unknown("priority", priority, Object.keys(QUEUE_OF));
  if (lane !== undefined && !(LANES as readonly string[]).includes(lane)) throw unknown("lane", lane, LANES);
  if (hungAfter !== undefined) checkNumber("hungAfter", hungAfter, ...NUMBERS.hungAfter);
  if (pin !== undefined) checkNumber("pin", pin, 0, workersOf(lane ?? "cpu") - 1, true);
}

/** @throws E420 when `options` are none, or have names that nobody knows */
function checkNames(subject: string, options: unknown, known: readonly string[]): void {
  if (typeof options !== "object" || options === null)
    throw coded("E420", subject, `${shown(options)} are no options. Give an object`);
  const odd = Object.keys(options).find((each) => !known.includes(each));
  if (odd !== undefined) throw unknown("options", odd, known);
}

/** @throws E420 unless they are options, and their signal can tell of an abort */
export function checkSignal(options: unknown): void {
  checkNames("options", options, OF_JOBS);
  const { signal } = options as { readonly signal?: unknown };
  const isSignal = typeof signal === "object" && signal !== null && "addEventListener" in signal;
  if (signal === undefined || isSignal) return;
  throw coded("E420", "signal", `${shown(signal)} is no AbortSignal. Give controller.signal`);
}

function shown(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}

function checkNumber(name: string, value: unknown, least: number, most: number, isCount: boolean): void {
  const isWithin = typeof value === "number" && value >= least && value <= most;
  if (isWithin && (!isCount || value % 1 === 0 || value === Infinity)) return;
  const range = most === Infinity ? `of at least ${least}` : `from ${least} to ${most}`;
  throw coded("E420", name, `${shown(value)} is no ${isCount ? "whole number" : "number"} ${range}`);
}

function unknown(what: string, value: unknown, known: readonly string[]): Error {
  return coded("E420", what, `there is no "${String(value)}". There are ${known.join(", ")}`);
}
