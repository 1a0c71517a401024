/** The native counterpart of mutex-free.ts. */
import { Semaphore } from "./native.js";
import "./round.js";

export default function main(): void {
  const mutex = new Semaphore(1);

  async function owner(): Promise<void> {
    for (let i = round.switches; i > 0; i--) {
      await mutex.acquire();
      mutex.release();
    }
    round.end();
  }

  void owner();
}
