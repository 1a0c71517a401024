/** What a sensor does wrong, for awaiting.ts. */
import { ms, select, sleep } from "dormouse";

class NoAnswer extends Error {}

async function read(pin: number): Promise<number> {
  await sleep(ms(1));
  if (pin === 3) {
    throw new NoAnswer("no answer from " + pin);
  }
  return pin;
}

export async function sample(pin: number): Promise<number> {
  const value = await read(pin);
  return value * 2;
}

async function failing(): Promise<number> {
  await sleep(ms(2));
  const nothing = JSON.parse("null") as { x: { y: number } };
  return nothing.x.y;
}

export async function race(): Promise<number> {
  const { value } = await select({ fails: failing(), late: sleep(ms(50)) });
  return Number(value);
}

export async function cleanup(): Promise<void> {
  try {
    await sleep(ms(1));
  } finally {
    await sleep(ms(1));
    throw new Error("thrown in finally");
  }
}

export async function wrapped(): Promise<number> {
  try {
    return await sample(3);
  } catch (error) {
    await sleep(ms(1));
    throw new Error("could not sample", { cause: error });
  }
}
