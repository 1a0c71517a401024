import { Channel, map, merge, spawn, task } from "dormouse";

const left = new Channel<number>(4);
const right = new Channel<number>(4);

async function* count(): AsyncGenerator<number> {
  yield 1;
}

export const show = task(async function show() {
  for await (const item of merge(left, merge(left, right))) if (item > 3) return;
  for await (const item of merge(
    left,
    map(count() as never, (x: number) => x),
  ))
    if (item > 3) return;
  for await (const item of merge()) if (item === left) return;
});

export default function main(): void {
  spawn(show);
}
