// target: moddable
import { ms, sleep, spawn, task } from "dormouse";

const blink = task(
  async function blink() {
    await sleep(ms(500));
  },
  { pool: 31 },
);

export default function main(): void {
  spawn(blink);
}
