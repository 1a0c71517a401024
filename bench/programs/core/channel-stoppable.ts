/** As channel-native.ts, of functions that can be stopped. */
import { Channel, Task } from "./native-stoppable.js";
import "./round.js";

export default function main(): void {
  const items = new Channel<number>(1000);

  async function sender(stop: AbortSignal): Promise<void> {
    for (let i = round.switches; i > 0; i--) await items.send(i, stop);
  }

  async function receiver(stop: AbortSignal): Promise<void> {
    for (let i = round.switches; i > 0; i--) await items.receive(stop);
    round.end();
  }

  new Task(receiver);
  new Task(sender);
}
