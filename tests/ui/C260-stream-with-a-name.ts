import { Channel, filter, map, spawn, task, type Stream } from "dormouse";

const readings = new Channel<number>(4);

async function* given(source: Stream<number>): AsyncGenerator<number> {
  yield* source;
}

export const show = task(async function show() {
  const halves = map(readings, (x) => x / 2);
  for await (const half of halves) if (half > 3) return;
  for await (const item of given(filter(readings, (x) => x > 1))) if (item > 3) return;
  const make = map;
  for await (const item of make(readings, (x) => x)) if (item > 3) return;
});

export async function plain(): Promise<void> {
  for await (const half of map([1, 2] as never, (x: number) => x / 2)) if (half > 3) return;
}

export default function main(): void {
  spawn(show);
}
