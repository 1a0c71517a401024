import { ms, select, sleep, task, type Future } from "dormouse";

export const wait = task(async function wait(others: { tick: Future<void> }) {
  await select({ end: sleep(ms(1)), ...others });
});

export default function main(): void {}
