/** Streams whose parts wait before they begin, capture, are left from all sides, and stand in every kind of loop. */
import { Channel, map, merge, ms, retry, sleep, spawn, take, task, window } from "dormouse";
import type { Board, Console } from "dormouse/hal";
const ch = new Channel<number>(3);
const feed = task(async function feed() {
  for (let i = 0; i < 30; i++) await ch.send(i);
  ch.close();
});
async function count(): Promise<number> {
  await sleep(ms(1));
  return 2;
}
function pick(x: { readonly k: number }): (v: number) => number {
  return (v) => v * x.k;
}
const main1 = task(async function main1(out: Console) {
  for await (const x of take(ch, await count())) out.write(`a${x}`);
  for await (const x of take(map(ch, pick({ k: await count() })), 2)) out.write(`b${x}`);
  for await (const w of take(window(ch, await count(), 1), await count())) out.write(`c${w.join("+")}`);
  for (let i = 0; i < 2; i++)
    for await (const x of take(
      map(ch, (v) => v + i),
      1,
    ))
      out.write(`d${x}`);
  const n = await retry(
    async (k) => {
      for await (const x of take(ch, k)) if (x % 3 !== 0) throw new Error("no");
      return k;
    },
    { first: ms(1), attempts: (await count()) * 3 },
  );
  out.write(`e${n}`);
  const f = [(v: number) => -v, (v: number) => v * 100];
  for (const g of f) for await (const x of take(map(ch, g), 1)) out.write(`f${x}`);
  let last = 0;
  for await (last of take(ch, 2));
  out.write(`g${last}`);
  for await (const { x, y = 5 } of take(
    map(ch, (x): { x: number; y?: number } => ({ x })),
    1,
  ))
    out.write(`h${x} ${y}`);
  switch (1 as number) {
    case 1:
      for await (const x of take(merge(ch, ch), 2)) {
        if (x > 100) break;
        out.write(`i${x}`);
      }
  }
  try {
    for await (const x of take(ch, 3)) {
      try {
        if (x % 2) continue;
        out.write(`j${x}`);
      } finally {
        await sleep(ms(1));
      }
    }
  } finally {
    out.write("k");
  }
});
export default function main(board: Board): void {
  spawn(feed);
  spawn(main1, board.console);
}
