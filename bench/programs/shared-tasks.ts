/** Shared tasks for two workers: fork and join, and a crowd that begins on one of them. */
import { join, spawn, task, yieldNow, type Task, type TaskKind } from "dormouse";

const CUT = 24;
const TASKS = 1000;
const SUSPENSIONS = 1000;

function plainFib(n: number): number {
  return n < 2 ? n : plainFib(n - 1) + plainFib(n - 2);
}

/** A task for each half, down to what is not worth one. */
export const fib: TaskKind<[number], number> = task(
  async (n: number): Promise<number> => {
    if (n <= CUT) return plainFib(n);
    const left = spawn(fib, n - 1);
    const right = spawn(fib, n - 2);
    return (await join(left)) + (await join(right));
  },
  { pool: 2048, shared: true },
);

/** Waits often, and then for the one that was spawned before it. */
const one: TaskKind<[Task | undefined], void> = task(
  async (before: Task | undefined): Promise<void> => {
    for (let i = 0; i < SUSPENSIONS; i++) await yieldNow();
    if (before !== undefined) await join(before);
  },
  { pool: 2000, shared: true },
);

/** Spawns all of them in one poll, and so on one worker; the number of suspensions. */
export const crowd = task(
  async () => {
    let last: Task | undefined;
    for (let i = 0; i < TASKS; i++) last = spawn(one, last);
    if (last !== undefined) await join(last);
    return TASKS * SUSPENSIONS;
  },
  { shared: true },
);

/** The driver starts them. */
export default function main(): void {}
