import { ms, sleep, spawn, task } from "dormouse";

async function beat(): Promise<void> {
  await sleep(ms(1));
}

const heart = task(async function heart(steps: (() => Promise<void>)[]) {
  for (const step of steps) await step();
  [1, 2].forEach(beat);
});

export default function main(): void {
  spawn(heart, [beat]);
}
