// target: espruino
import type { Board, Console } from "dormouse/hal";

class Lamp {
  constructor(readonly out: Console) {}

  [Symbol.dispose](): void {
    this.out.write("off");
  }
}

export default function main(board: Board): void {
  using lamp = new Lamp(board.console);
  lamp.out.write("on");
}
