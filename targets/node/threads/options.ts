/** Checks of what authors ask for. */
import { coded } from "../tool-errors.js";
import { QUEUE_OF } from "./job.js";
import { FLAVORS } from "./tasks/queues.js";
import type { ThreadsOptions } from "./threads.js";
import type { JobOptions, LaneName } from "./types.js";

/** The least, the most, and whether it is a count. */
type Range = readonly [least: number, most: number, isCount: boolean];

/** Each option that is a number. */
const NUMBERS: Readonly<Record<string, Range>> = {
  workers: [1, 256, true],
  concurrency: [1, 512, true],
  queueLimit: [0, Infinity, true],
  minBlocking: [0, 256, true],
  maxBlocking: [1, 256, true],
  keepAlive: [0, Infinity, false],
  hungAfter: [1, Infinity, false],
  abortGrace: [0, Infinity, false],
  trace: [0, 1_000_000, true],
};

export const LANES: readonly LaneName[] = ["cpu", "blocking"];

/** The other options: what each is, for people, and whether a value is that. */
const OTHERS: Readonly<Record<string, readonly [string, (value: unknown) => boolean]>> = {
  flavor: ["text", isText],
  program: ["URL or path", (value) => isText(value) || value instanceof URL],
  lazy: ["boolean", isBoolean],
  warmUp: ["list of functions", Array.isArray],
  measure: ["boolean", isBoolean],
  onFault: ["function", (value) => typeof value === "function"],
  resourceLimits: ["object", isObject],
  // SHARE_ENV of node:worker_threads is a symbol.
  env: ["object", (value) => isObject(value) || typeof value === "symbol"],
  argv: ["list", Array.isArray],
  execArgv: ["list of texts", (value) => Array.isArray(value) && value.every(isText)],
  workerData: ["value", () => true],
};
const OF_JOBS = ["signal", "transfer", "priority", "lane", "pin", "hungAfter"];

/** @throws E420 */
export function checkOptions(options: ThreadsOptions): void {
  checkNames("options", options, [...Object.keys(NUMBERS), ...Object.keys(OTHERS)]);
  for (const [name, value] of Object.entries(options)) if (value !== undefined) checkOption(name, value);
  const { flavor } = options;
  if (flavor !== undefined) checkOneOf("flavor", flavor, FLAVORS);
  const { minBlocking = 0, maxBlocking = Infinity } = options;
  if (minBlocking > maxBlocking) {
    throw coded("E420", "minBlocking", `${minBlocking} is more than maxBlocking, which is ${maxBlocking}`);
  }
}

function checkOption(name: string, value: unknown): void {
  const range = NUMBERS[name];
  if (range !== undefined) {
    checkNumber(name, value, range);
    return;
  }
  const [what, isIt] = OTHERS[name]!;
  if (!isIt(value)) throw coded("E420", name, `${shown(value)} is no ${what}`);
}

/** @throws E420 unless `value` is one of `known` */
export function checkOneOf(what: string, value: unknown, known: readonly string[]): void {
  if (!known.includes(value as string)) throw unknown(what, value, known);
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
  if (priority !== undefined) checkOneOf("priority", priority, Object.keys(QUEUE_OF));
  if (lane !== undefined) checkOneOf("lane", lane, LANES);
  if (hungAfter !== undefined) checkNumber("hungAfter", hungAfter, NUMBERS["hungAfter"]!);
  if (pin !== undefined) checkNumber("pin", pin, [0, workersOf(lane ?? "cpu") - 1, true]);
}

/** @throws E420 when `options` are none, or have names that nobody knows */
function checkNames(subject: string, options: unknown, known: readonly string[]): void {
  if (!isObject(options)) throw coded("E420", subject, `${shown(options)} are no options. Give an object`);
  const odd = Object.keys(options).find((each) => !known.includes(each));
  if (odd !== undefined) throw unknown("options", odd, known);
}

/** @throws E420 unless they are options, and their signal can tell of an abort */
export function checkSignal(options: unknown): void {
  checkNames("options", options, OF_JOBS);
  const { signal } = options as { readonly signal?: unknown };
  if (signal === undefined || (isObject(signal) && "addEventListener" in signal)) return;
  throw coded("E420", "signal", `${shown(signal)} is no AbortSignal. Give controller.signal`);
}

function shown(value: unknown): string {
  if (isText(value)) return JSON.stringify(value);
  // Objects may have no text.
  return isObject(value) ? Object.prototype.toString.call(value) : String(value);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isBoolean(value: unknown): boolean {
  return typeof value === "boolean";
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function checkNumber(name: string, value: unknown, [least, most, isCount]: Range): void {
  const isWithin = typeof value === "number" && value >= least && value <= most;
  if (isWithin && (!isCount || value % 1 === 0 || value === Infinity)) return;
  const range = most === Infinity ? `of at least ${least}` : `from ${least} to ${most}`;
  throw coded("E420", name, `${shown(value)} is no ${isCount ? "whole number" : "number"} ${range}`);
}

function unknown(what: string, value: unknown, known: readonly string[]): Error {
  return coded(
    "E420",
    what,
    `there is no ${isText(value) ? `"${value}"` : shown(value)}. There are ${known.join(", ")}`,
  );
}
