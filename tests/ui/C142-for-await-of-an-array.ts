import { task, type Future } from "dormouse";

export const wait = task(async function wait(futures: Future<void>[]) {
  for await (const _ of futures);
});

export default function main(): void {}
