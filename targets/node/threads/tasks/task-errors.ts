/** Errors of shared tasks. */
import type { TaskKind } from "../../../../core/index.js";
import { coded } from "../../tool-errors.js";
import type { TaskTable } from "./table.js";

/** The error of a task that ended with its worker. */
export function lostError(name: string): Error {
  return coded(
    "E403",
    name,
    "ended with its worker, which died while the task ran, or waited for something there",
  );
}

/** All slots of a kind are in use. */
export function fullError({ name, pool }: Pick<TaskKind<never, unknown>, "name" | "pool">): Error {
  const all = pool === 1 ? "its only slot is" : `all ${pool} of its slots are`;
  return coded("E101", name, `${all} in use. Give task(..., { pool: ${pool + 1} }) or cancel one first`);
}

/** A task that is not shared was to run elsewhere. */
export function pinnedError(name: string): Error {
  const advice = "Say task(..., { shared: true }), and the build tells what that is";
  return coded("E404", name, `keeps what cannot move between threads. ${advice}`);
}

/** @throws E404 unless `kind` was made by task() */
export function checkKind(kind: unknown): void {
  // Not by the name of a field: bundles shorten those.
  if ((kind as Partial<TaskKind<never, unknown>> | null | undefined)?.words_ !== undefined) return;
  const name = typeof kind === "function" && kind.name !== "" ? kind.name : "task";
  throw coded("E404", name, "is none of task(). Give one, or run a plain function with run()");
}

/** What is for the tasks of one thread was asked for a shared one. */
export function notSharedError(name: string, verb: string): Error {
  return coded(
    "E452",
    name,
    `is shared by threads, and ${verb}() is not. Leave out \`shared: true\`, or stop it and spawn another`,
  );
}

/** @throws E420 unless there is a worker of that number */
export function checkPin({ workers }: TaskTable, pin: number): void {
  if (pin >= 0 && pin < workers && pin % 1 === 0) return;
  throw coded("E420", "worker", `there is no ${pin}. Give a whole number from 0 to ${workers - 1}`);
}
