import { task, type Future } from "dormouse";

export const wait = task(async function wait(futures: Future<void>[]) {
  await futures[0]!;
});

export default function main(): void {}
