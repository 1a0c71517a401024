/** Calls three deep: each resume happens in the innermost one. */
import { spawn, task, yieldNow } from "dormouse";

declare const rounds: number;
declare function print(line: string): void;

async function sample(seed: number): Promise<number> {
  let value = seed;
  for (let i = 0; i < 4; i++) {
    await yieldNow();
    value = (value * 5 + 3) % 64;
  }
  return value;
}

async function average(seed: number): Promise<number> {
  let sum = 0;
  for (let i = 0; i < 3; i++) sum += await sample(seed + i);
  return sum / 3;
}

async function measure(channel: number): Promise<number> {
  const low = await average(channel);
  const high = await average(channel + 32);
  return high > low ? high - low : low - high;
}

const survey = task(async function survey() {
  let total = 0;
  for (let i = 0; i < rounds; i++) total += await measure(i);
  print("total " + Math.round(total));
});

export default function main(): void {
  spawn(survey);
}
