/** Accessors and methods of the base class that a method with awaits reads by `super`, and does not call. */
/* eslint-disable @typescript-eslint/unbound-method -- it gives it an object */
import { spawn, task, yieldNow } from "dormouse";
import type { Board, Console } from "dormouse/hal";
class Base {
  protected k = 2;
  get n(): number {
    return this.k;
  }
  set n(v: number) {
    this.k = v * 10;
  }
  plain(): number {
    return 5;
  }
}
class Sub extends Base {
  override get n(): number {
    return super.n + 0.5;
  }
  override set n(v: number) {
    super.n = v;
  }
  async read(): Promise<string> {
    await yieldNow();
    const f = super.plain;
    return `${super.n} ${this.n} ${super["n"]} ${f.call(this)}`;
  }
}
const t = task(async function t(out: Console) {
  const s = new Sub();
  out.write(await s.read());
  s.n = 4;
  out.write(await s.read());
});
export default function main(board: Board): void {
  spawn(t, board.console);
}
