/** The native counterpart of spawn.ts. */
import "./round.js";

async function empty(): Promise<void> {
  // ends at once
}

async function spawner(): Promise<void> {
  for (let i = round.switches; i > 0; i--) await empty();
  round.end();
}

export default function main(): void {
  void spawner();
}
