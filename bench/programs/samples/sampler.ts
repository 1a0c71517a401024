/** The show piece: a sensor that may not answer, asked again with longer and longer pauses; the rest is a channel. */
import { Channel, ms, sleep, spawn, task, yieldNow } from "dormouse";

declare const rounds: number;
declare function print(line: string): void;

let power = 0;
let asked = 0;

/** Answers two questions out of three. */
async function ask(address: number): Promise<number> {
  if (power === 0) throw new Error("no power");
  asked++;
  await yieldNow();
  return asked % 3 === 0 ? -1 : (address + asked) & 0xfff;
}

async function read(address: number, tries: number): Promise<number> {
  for (let i = 0; i < tries; i++) {
    const answer = await ask(address);
    if (answer >= 0) return answer;
    await sleep(ms(1 << i));
  }
  return -1;
}

const sample = task(async function sample(readings: Channel<number>) {
  let taken = 0;
  let bad = 0;
  power = 1;
  try {
    while (taken < rounds) {
      const value = await read(0x28, 3);
      if (value < 0) {
        if (++bad > 3) throw new Error("no sensor");
        continue;
      }
      taken++;
      await readings.send(value);
    }
  } finally {
    await sleep(ms(2));
    power = 0;
    readings.close();
  }
});

const mean = task(async function mean(readings: Channel<number>) {
  let sum = 0;
  let count = 0;
  for await (const value of readings) {
    sum += value;
    count++;
  }
  print("mean of " + count + ": " + Math.round(sum / count));
});

export default function main(): void {
  const readings = new Channel<number>(1);
  spawn(sample, readings);
  spawn(mean, readings);
}
