/** Results that are kept: bench/results/AREA.json, with the machine they are of. */
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import type { Row } from "./rows.js";

/** What was measured, where and when. */
export interface Results {
  readonly measured: string;
  readonly machine: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly rows: readonly Row[];
}

/** Keeps `rows`, all that an area has; says where. */
export function saveResults(area: string, rows: readonly Row[]): string {
  const { node, v8 } = process.versions;
  const results: Results = {
    measured: new Date().toISOString().slice(0, 10),
    machine: machineOf(),
    versions: { dormouse: commit(), node, v8 },
    rows,
  };
  const path = pathOf(area);
  mkdirSync(join(DORMOUSE_ROOT, "bench/results"), { recursive: true });
  writeFileSync(path, `${JSON.stringify(results, null, 2)}\n`);
  return `kept in ${path}; npm test -- --update unit/bench draws what the docs show of it`;
}

/** What was kept of an area. */
export function readResults(area: string): Results {
  return JSON.parse(readFileSync(pathOf(area), "utf8")) as Results;
}

function pathOf(area: string): string {
  return join(DORMOUSE_ROOT, "bench/results", `${area}.json`);
}

function machineOf(): string {
  const [first, ...others] = cpus();
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  const model = first?.model.trim() ?? "unknown processor";
  return `${model}, ${others.length + 1} cores, ${gigabytes} GB, ${process.platform} ${process.arch}`;
}

/** Which sources were measured. */
function commit(): string {
  try {
    return execFileSync("git", ["describe", "--always", "--dirty"], {
      cwd: DORMOUSE_ROOT,
      encoding: "utf8",
    }).trim();
  } catch {
    return "unknown";
  }
}
