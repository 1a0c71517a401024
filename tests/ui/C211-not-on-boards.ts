import { readFileSync } from "node:fs";
import { ms, sleep, spawn, task } from "dormouse";
import type { Board, OutputPin } from "dormouse/hal";

const blink = task(async function blink(led: OutputPin) {
  setTimeout(() => led.toggle(), 100);
  digitalWrite(LED1, HIGH);
  const start = performance.now();
  const text = Buffer.from(readFileSync(process.argv[2]));
  document.title = await fetch("https://example.org/" + text + start);
  await sleep(ms(1));
});

export default function main(board: Board): void {
  spawn(blink, board.output("LED1"));
}
