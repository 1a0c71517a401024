/** An empty async function, awaited again and again. */
import { spawn, task } from "dormouse";
import "./round.js";

async function empty(): Promise<void> {
  // ends at once
}

const spawner = task(async function spawner() {
  for (let i = round.switches; i > 0; i--) await empty();
  round.end();
});

export default function main(): void {
  spawn(spawner);
}
