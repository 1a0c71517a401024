/** Loops in loops, with jumps over several of them, and a switch that falls through. */
import { spawn, task, yieldNow } from "dormouse";

declare const rounds: number;
declare function print(line: string): void;

const search = task(async function search(width: number) {
  let steps = 0;
  let found = 0;
  rows: for (let row = 0; row < rounds; row++) {
    let column = 0;
    while (true) {
      steps++;
      await yieldNow();
      if (++column > width) continue rows;
      switch ((row + column) % 4) {
        case 0:
          continue;
        case 1:
          found += row;
        case 2:
          await yieldNow();
          found++;
          break;
        default:
          if (column > 6) break rows;
      }
      do {
        steps += 2;
        if (steps % 7 === 3) continue rows;
        await yieldNow();
      } while (steps % 3 !== 0);
    }
  }
  print("steps " + steps + ", found " + found);
});

export default function main(): void {
  spawn(search, 5);
}
