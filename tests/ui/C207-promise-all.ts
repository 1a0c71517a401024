import { Channel, ms, sleep, spawn, task } from "dormouse";
import type { Board, InputPin } from "dormouse/hal";

async function pause(): Promise<void> {
  await sleep(ms(10));
}

const items = new Channel<number>(1);

const wait = task(async function wait(button: InputPin) {
  await Promise.all([button.fallingEdge(), items.receive()]);
  await Promise.all([pause(), pause()]);
  await Promise.race([button.fallingEdge(), sleep(ms(10))]);
});

export default function main(board: Board): void {
  spawn(wait, board.input("BTN1"));
  items.trySend(1);
}
