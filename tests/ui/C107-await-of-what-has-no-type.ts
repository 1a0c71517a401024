// @ts-nocheck -- so types are not known, as in JavaScript
import { Channel, task } from "dormouse";
import type { Console } from "dormouse/hal";

async function* doubled(numbers) {
  for await (const n of numbers) yield 2 * n;
}

export const show = task(async function show(numbers: Channel<number>, out: Console) {
  for await (const n of doubled(numbers)) out.write(String(n));
  out.write(await last(numbers));
});

async function last(numbers) {
  return String(await numbers.receive());
}

export default function main(): void {}
