/** The native counterpart of sleepers.ts. */
import "./round.js";

const TASKS = 100_000;

let running = 0;

async function sleeper(delay: number): Promise<void> {
  const due = performance.now() + delay;
  await new Promise((resolve) => setTimeout(resolve, delay));
  round.lateness.push(performance.now() - due);
  if (--running === 0) round.end();
}

export default function main(): void {
  running = TASKS;
  for (let i = 1; i <= TASKS; i++) void sleeper((i / TASKS) * round.span);
}
