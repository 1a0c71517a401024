import type { Board } from "dormouse/hal";

export default function main(board: Board): void {
  board.output("D14");
}
