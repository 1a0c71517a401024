import { Signal, spawn, task } from "dormouse";
import type { Board } from "dormouse/hal";

const words = new Signal<string>();

async function load(): Promise<string> {
  return "loaded";
}

const show = task(async function show(isOld: boolean, out: Board["console"]) {
  const word = isOld ? Promise.resolve("old") : words.wait();
  out.write(await word);
  const like: PromiseLike<string> = load();
  out.write(await like);
});

export default function main(board: Board): void {
  spawn(show, true, board.console);
}
