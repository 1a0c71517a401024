import { select, task, type Future } from "dormouse";

export const wait = task(async function wait(arms: { tick: Future<void> }) {
  await select(arms);
});

export default function main(): void {}
