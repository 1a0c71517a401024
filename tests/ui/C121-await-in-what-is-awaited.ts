import { Signal, task, type Future } from "dormouse";

export const wait = task(async function wait(futures: Signal<{ end: Future<void> }>) {
  await (await futures.wait()).end;
});

export default function main(): void {}
