import { ms, select, sleep, spawn, task } from "dormouse";
import type { Board, InputPin } from "dormouse/hal";

const wait = task(async function wait(button: InputPin) {
  await select([button.fallingEdge(), sleep(ms(10))]);
});

export default function main(board: Board): void {
  spawn(wait, board.input("BTN1"));
}
