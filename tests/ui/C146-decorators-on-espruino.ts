// target: espruino
import type { Board, Console } from "dormouse/hal";

function logged<T>(value: T, _context: ClassMethodDecoratorContext): T {
  return value;
}

class Lamp {
  @logged
  on(out: Console): void {
    out.write("on");
  }
}

export default function main(board: Board): void {
  new Lamp().on(board.console);
}
