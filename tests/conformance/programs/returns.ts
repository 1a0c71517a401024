/** What is returned is awaited, whichever branch it comes from, and a plain value is not. */
import { ms, sleep, spawn, task } from "dormouse";
import type { Board, Console } from "dormouse/hal";

const known: { [name: string]: number } = { one: 1, zero: 0 };

async function load(name: string): Promise<number> {
  await sleep(ms(3));
  known[name] = name.length;
  return known[name];
}

async function lookUp(name: string): Promise<number> {
  return known[name] ?? load(name);
}

async function positive(name: string): Promise<number> {
  return known[name] || load(name);
}

async function sized(name: string): Promise<number> {
  return name.length > 4 ? load(name) : 4;
}

async function nothing(): Promise<void> {
  return sleep(ms(1));
}

async function spelled(name: string): Promise<string> {
  return name === "" ? "empty" : name.length === 1 ? `${await load(name)}` : (await load(name), "long");
}

const returns = task(async function returns(out: Console) {
  out.write(`${await lookUp("one")} ${await lookUp("zero")} ${await lookUp("three")}`);
  out.write(`${await positive("one")} ${await positive("zero")}`);
  out.write(`${await sized("abc")} ${await sized("abcdef")}`);
  await nothing();
  out.write("nothing");
  out.write(`${await spelled("")} ${await spelled("x")} ${await spelled("xyz")}`);
});

export default function main(board: Board): void {
  spawn(returns, board.console);
}
