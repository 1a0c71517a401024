/** The native counterpart of channel-one.ts. */
import { Channel } from "./native.js";
import "./round.js";

export default function main(): void {
  const items = new Channel<number>(1);

  async function sender(): Promise<void> {
    for (let i = round.switches; i > 0; i--) await items.send(i);
  }

  async function receiver(): Promise<void> {
    for (let i = round.switches; i > 0; i--) await items.receive();
    round.end();
  }

  void receiver();
  void sender();
}
