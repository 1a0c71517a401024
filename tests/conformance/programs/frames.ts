/** A strand has one frame of each function, however many functions await it: nested, in turn, and in arms. */
import { ms, select, sleep, spawn, task, timeout, TIMED_OUT, yieldNow } from "dormouse";
import type { Board, Console } from "dormouse/hal";

/** Awaited by all below. */
async function transfer(register: number, value: number): Promise<number> {
  let sum = register;
  for (let bit = 0; bit < 3; bit++) {
    await sleep(ms(1));
    sum = (sum * 2 + ((value >> bit) & 1)) % 251;
  }
  return sum;
}

async function read(register: number): Promise<number> {
  const high = await transfer(register, 0);
  const low = await transfer(register + 1, 0);
  return high * 256 + low;
}

async function write(register: number, value: number): Promise<number> {
  try {
    const before = await read(register);
    if (value > 200) throw new Error(`register ${register} takes no ${value}`);
    return before + (await transfer(register, value));
  } finally {
    await transfer(register, 255);
  }
}

async function configure(registers: readonly number[], out: Console): Promise<number> {
  let sum = 0;
  for (const register of registers) sum += await write(register, register * 3);
  out.write(`configured: ${sum}`);
  return sum + (await transfer(sum % 7, 1));
}

/** Reads two registers at once: each arm is a strand with frames of its own. */
async function either(a: number, b: number, out: Console): Promise<void> {
  const first = await select({ a: read(a), b: transfer(b, b), none: sleep(ms(50)) });
  out.write(`first: ${first.arm} ${first.value ?? "nothing"}`);
}

async function limited(register: number, out: Console): Promise<void> {
  for (const limit of [2, 20]) {
    const value = await timeout(write(register, 9), ms(limit));
    out.write(value === TIMED_OUT ? `no answer in ${limit} ms` : `answer ${value}`);
  }
  const again = await timeout(write(register, 10), ms(30));
  out.write(again === TIMED_OUT ? "late" : `again ${again}`);
}

const bus = task(
  async function bus(name: string, registers: readonly number[], out: Console) {
    out.write(`${name}: ${await configure(registers, out)}`);
    await either(registers[0]!, registers[1]!, out);
    await limited(4, out);
    try {
      await write(5, 500);
    } catch (error) {
      out.write(`${name}: ${(error as Error).message}, then ${await transfer(9, 9)}`);
    }
    await yieldNow();
    out.write(`${name}: ${await read(3)} ${await configure([1], out)}`);
  },
  { pool: 2 },
);

export default function main(board: Board): void {
  spawn(bus, "one", [1, 2], board.console);
  spawn(bus, "two", [6, 7, 8], board.console);
}
