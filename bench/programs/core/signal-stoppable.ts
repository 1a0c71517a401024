/** As signal-native.ts, of functions that can be stopped. */
import { Signal, Task } from "./native-stoppable.js";
import "./round.js";

export default function main(): void {
  const there = new Signal<number>();
  const back = new Signal<number>();

  async function asks(stop: AbortSignal): Promise<void> {
    for (let i = round.switches; i > 0; i--) {
      there.set(i);
      await back.wait(stop);
    }
    round.end();
  }

  async function answers(stop: AbortSignal): Promise<void> {
    for (let i = round.switches; i > 0; i--) back.set(await there.wait(stop));
  }

  new Task(asks);
  new Task(answers);
}
