/** Pools of objects and blocks, whose borrowers wait, are cancelled and misuse them; ring buffers. */
import {
  BlockPool,
  ByteRing,
  ObjectPool,
  RingBuffer,
  TIMED_OUT,
  cancel,
  ms,
  select,
  sleep,
  spawn,
  task,
  timeout,
} from "dormouse";
import type { Board, Console } from "dormouse/hal";

let out: Console;
const blocks = new BlockPool(2, 4);
const objects = new ObjectPool(1, () => ({ uses: 0 }));

/** The code of what `body` throws. */
function codeOf(body: () => void): string {
  try {
    body();
    return "none";
  } catch (error) {
    return (error as Error).message.slice(0, 4);
  }
}

const user = task(
  async function user(name: string, held: number) {
    const block = await blocks.borrow();
    try {
      block[0] = (block[0]! + 1) & 255;
      out.write(`${name} has one of ${block.length} bytes, ${blocks.available} left`);
      await sleep(ms(held));
    } finally {
      blocks.giveBack(block);
    }
  },
  { pool: 4 },
);

const misuser = task(async function misuser() {
  const block = blocks.tryBorrow()!;
  out.write(`leak ${codeOf(() => blocks.check())}`);
  blocks.giveBack(block);
  const once = codeOf(() => blocks.check());
  out.write(
    `${once} ${codeOf(() => blocks.giveBack(block))} ${codeOf(() => blocks.giveBack(new Uint8Array(4)))}`,
  );
  out.write(codeOf(() => new BlockPool(1, 0.5)) + codeOf(() => new ObjectPool(0, () => 1)));
  const object = await objects.borrow();
  object.uses++;
  out.write(String(objects.tryBorrow() === null));
  out.write(String((await timeout(objects.borrow(), ms(3))) === TIMED_OUT));
  objects.giveBack(object);
  const { arm } = await select({ object: objects.borrow(), block: blocks.borrow() });
  out.write(`${arm} ${objects.available} ${blocks.available}`);
  objects.giveBack(object);
  out.write(codeOf(() => objects.giveBack({ uses: 0 })));
});

const rings = task(async function rings() {
  const last = new RingBuffer<string>(3);
  out.write([last.push("a"), last.push("b"), last.push("c"), last.push("d"), last.overwrite("e")].join());
  await sleep(ms(1));
  out.write([last.at(0), last.at(2), last.at(3), last.shift(), last.length, last.capacity].join());
  last.clear();
  out.write(String(last.shift() === undefined));
  const bytes = new ByteRing(4);
  const into = new Uint8Array(3);
  out.write([bytes.write(new Uint8Array([1, 2, 300, 4, 5])), bytes.read(into), into.join("+")].join());
  bytes.overwrite(257);
  out.write([bytes.length, bytes.at(1), bytes.shift(), bytes.read(into)].join());
});

const starter = task(async function starter() {
  spawn(user, "a", 10);
  spawn(user, "b", 5);
  const waiting = spawn(user, "c", 5);
  spawn(user, "d", 5);
  await sleep(ms(2));
  cancel(waiting);
  await sleep(ms(20));
  spawn(misuser);
  await sleep(ms(10));
  spawn(rings);
});

export default function main(board: Board): void {
  out = board.console;
  spawn(starter);
}
