/**
 * The command-line tools of libgpiod, in both of their incompatible dialects.
 *
 *                      1.x (Debian 12)                              2.x (Debian 13)
 *   read a line        gpioget CHIP 17                              gpioget --chip CHIP --numeric 17
 *   report its edges   gpiomon -b -F %e CHIP 17 -> 1 | 0            gpiomon -c CHIP -F %E 17 -> rising | falling
 *   drive it           gpioset --mode=signal CHIP 17=1              gpioset --chip CHIP 17=1
 *   change its level   -                                            gpioset --interactive, then "set 17=0" on stdin
 *
 * Read from the sources and `--help` of 1.6.3 and 2.3, and tried with both over a made-up chip. Interactive mode is a
 * build option of 2.x that needs libedit, on which the gpiod package of Ubuntu (2.2.5, from Debian) does not depend:
 * it is looked up, never assumed.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import type { InputOptions, Level } from "../../hal/index.js";

/** Arguments and answers of one dialect. `line` is an offset on `chip`. */
interface Dialect {
  /** `gpioget`: prints 0 or 1. */
  get(chip: string, line: number, pull: InputOptions["pull"]): string[];
  /** `gpiomon`: prints a line for each edge. */
  monitor(chip: string, line: number, pull: InputOptions["pull"]): string[];
  /** `gpioset`: drives the line until it ends. */
  hold(chip: string, line: number, level: Level): string[];
  /** What `gpiomon` prints when the line goes high, low. */
  readonly rising: string;
  readonly falling: string;
}

/** The tools that are here, and the chip they are used on. */
export interface Gpiod extends Dialect {
  readonly version: string;
  readonly chip: string;
  /** Whether `gpioset --interactive` exists. */
  readonly isInteractive: boolean;
}

const v1: Dialect = {
  get: (chip, line, pull) => [...bias1(pull), chip, String(line)],
  // Line-buffered, as stdout is a pipe here and edges would wait until 4 kB of them are there.
  monitor: (chip, line, pull) => ["--line-buffered", "--format=%e", ...bias1(pull), chip, String(line)],
  hold: (chip, line, level) => ["--mode=signal", chip, `${line}=${level}`],
  rising: "1",
  falling: "0",
};

const v2: Dialect = {
  get: (chip, line, pull) => [...common2(chip), "--numeric", ...bias2(pull), String(line)],
  monitor: (chip, line, pull) => {
    return [...common2(chip), "--edges", "both", "--format", "%E", ...bias2(pull), String(line)];
  },
  hold: (chip, line, level) => [...common2(chip), `${line}=${level}`],
  rising: "rising",
  falling: "falling",
};

function bias1(pull: InputOptions["pull"]): string[] {
  return pull === undefined ? [] : [`--bias=pull-${pull}`];
}

function bias2(pull: InputOptions["pull"]): string[] {
  return pull === undefined ? [] : ["--bias", `pull-${pull}`];
}

/** The consumer is the name that `gpioinfo` shows beside a line in use. */
function common2(chip: string): string[] {
  return ["--consumer", "dormouse", "--chip", chip];
}

/** Looks for the tools and a chip; text says why there are none. `chip` is its path, default the header's. */
export function findGpiod(chip?: string): Gpiod | string {
  if (chip === undefined ? !hasChips() : !existsSync(chip)) return "no gpiochip found";
  const printed = output("gpiodetect", ["--version"]);
  if (printed === null) return "no gpiod tools found (apt-get install gpiod)";
  const version = parseVersion(printed);
  const dialect = version?.startsWith("1.") ? v1 : version?.startsWith("2.") ? v2 : null;
  if (version === null || dialect === null)
    return `gpiod tools of an unknown version found (${firstLine(printed)})`;
  return {
    ...dialect,
    version,
    chip: chip ?? parseHeaderChip(output("gpiodetect", []) ?? ""),
    isInteractive: hasInteractive(dialect),
  };
}

/** The version in "gpiodetect (libgpiod) v1.6.3", which 2.3 prints as "gpiodetect v2.3 (libgpiod v2.3)". */
export function parseVersion(printed: string): string | null {
  return /\bv(\d+\.\d+(?:\.\d+)?)/.exec(firstLine(printed))?.[1] ?? null;
}

/** The level that a line of `gpiomon` tells of, or null. */
export function parseEdge(gpiod: Gpiod, printed: string): Level | null {
  const word = printed.trim();
  return word === gpiod.rising ? 1 : word === gpiod.falling ? 0 : null;
}

function hasChips(): boolean {
  return existsSync("/dev") && readdirSync("/dev").some((name) => name.startsWith("gpiochip"));
}

/**
 * The chip behind a Raspberry Pi's header is found by its label, pinctrl-bcm2835, -bcm2711 or -rp1: on a Pi 5 it was
 * gpiochip4 until the kernels of August 2024 and is gpiochip0 since (raspberrypi/linux#6144).
 */
export function parseHeaderChip(printed: string): string {
  const name = /^(gpiochip\d+) \[pinctrl-(?:bcm|rp)/m.exec(printed)?.[1];
  return `/dev/${name ?? "gpiochip0"}`;
}

function hasInteractive(dialect: Dialect): boolean {
  return dialect === v2 && (output("gpioset", ["--help"]) ?? "").includes("--interactive");
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}

function output(tool: string, args: readonly string[]): string | null {
  const { error, stdout } = spawnSync(tool, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  return error === undefined ? stdout : null;
}
