import { all, any, task, type Future } from "dormouse";

export const wait = task(async function wait(arms: { tick: Future<void> }) {
  await all(arms);
});

export const none = task(async function none() {
  await any({});
});

export default function main(): void {}
