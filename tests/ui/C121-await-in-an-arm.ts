import { Channel, select, sleep, task, type Ticks } from "dormouse";

export const wait = task(async function wait(delays: Channel<Ticks>) {
  await select({ end: sleep((await delays.receive()) as Ticks) });
});

export default function main(): void {}
