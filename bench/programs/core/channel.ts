/** A sender and a receiver, with a channel of a thousand items between them. */
import { Channel, spawn, task } from "dormouse";
import "./round.js";

const items = new Channel<number>(1000);

const sender = task(async function sender() {
  for (let i = round.switches; i > 0; i--) await items.send(i);
});

const receiver = task(async function receiver() {
  for (let i = round.switches; i > 0; i--) await items.receive();
  round.end();
});

export default function main(): void {
  spawn(receiver);
  spawn(sender);
}
