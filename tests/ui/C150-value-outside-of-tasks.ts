import { ms, sleep, spawn, task } from "dormouse";

async function blink(): Promise<void> {
  await sleep(ms(1));
}

function later(step: () => Promise<void>): void {
  void step();
}

const run = task(async function run(step: () => Promise<void>) {
  await step();
  const rest = step();
  later(blink);
  await rest;
});

export default function main(): void {
  spawn(run, blink);
}
