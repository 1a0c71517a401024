/** The native counterpart of signal.ts. */
import { Signal } from "./native.js";
import "./round.js";

export default function main(): void {
  const there = new Signal<number>();
  const back = new Signal<number>();

  async function asks(): Promise<void> {
    for (let i = round.switches; i > 0; i--) {
      there.set(i);
      await back.wait();
    }
    round.end();
  }

  async function answers(): Promise<void> {
    for (let i = round.switches; i > 0; i--) back.set(await there.wait());
  }

  void asks();
  void answers();
}
