import { Channel, ms, select, sleep, task, type Ticks } from "dormouse";

export const wait = task(async function wait(delays: Channel<Ticks>) {
  await select({ first: sleep(ms(1)), end: sleep((await delays.receive()) as Ticks) });
});

export default function main(): void {}
