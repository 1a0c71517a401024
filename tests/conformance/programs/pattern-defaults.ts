/** Defaults in patterns that are assigned name variables of frames and closures. */
import { spawn, task, yieldNow } from "dormouse";
import type { Board, Console } from "dormouse/hal";
const t = task(async function t(out: Console) {
  let q = 3;
  await yieldNow();
  let z: number | undefined = 1;
  const fill = (from: { z?: number }) => {
    ({ z = q } = from);
    return z;
  };
  out.write(String(fill({})));
  q = 5;
  await yieldNow();
  ({ z = q } = {});
  out.write(`${z} ${q}`);
  ({ z = await later(q) } = {});
  out.write(`${z} ${fill({ z: 2 })}`);
});
async function later(x: number): Promise<number> {
  await yieldNow();
  return x + 1;
}
export default function main(board: Board): void {
  spawn(t, board.console);
}
