/** Channels that lose and that sort, slots, bytes and messages: with waits that are given up. */
import {
  cancel,
  Channel,
  CLOSED,
  DropNewestChannel,
  DropOldestChannel,
  ms,
  Pipe,
  PriorityChannel,
  PubSub,
  select,
  sleep,
  spawn,
  task,
  timeout,
  TIMED_OUT,
  yieldNow,
  ZeroCopyChannel,
  type Subscription,
} from "dormouse";
import type { Board, Console } from "dormouse/hal";

interface Block {
  text: string;
}

let out: Console;
const newest = new DropNewestChannel<number>(2);
const oldest = new DropOldestChannel<number>(2);
const urgent = new PriorityChannel<string>(3, (a, b) => a.length - b.length);
const blocks = new ZeroCopyChannel<Block>([{ text: "" }, { text: "" }]);
const pipe = new Pipe(5);
const topic = new PubSub<number>(2);

const codeOf = (error: unknown): string => (error as { code: string }).code;

async function drain(items: Channel<number>): Promise<string> {
  let all = "";
  for (;;) {
    const item = await timeout(items.receive(), ms(1));
    if (item === TIMED_OUT) return all;
    all += item === CLOSED ? "." : `${item} `;
    if (item === CLOSED) return all;
  }
}

const taker = task(async function taker() {
  out.write(`taker got ${String(await oldest.receive())}`);
});

async function lossy(): Promise<void> {
  for (let i = 1; i < 5; i++) await newest.send(i);
  out.write(`${newest.dropped} lost, ${await drain(newest)}`);
  for (let i = 1; i < 5; i++) await oldest.send(i);
  out.write(`${oldest.dropped} lost, ${await drain(oldest)}`);
  // Woken for one item, and it takes what is the oldest when it runs.
  spawn(taker);
  await yieldNow();
  for (let i = 5; i < 8; i++) oldest.trySend(i);
  await yieldNow();
  const first = await select({ send: oldest.send(8), sleep: sleep(ms(1)) });
  out.write(`${first.arm} ${await drain(oldest)}`);
  oldest.close();
  out.write(`${oldest.trySend(9)} ${oldest.dropped} ${await drain(oldest)}`);
}

const sender = task(
  async function sender(word: string) {
    const isSent = await urgent.send(word);
    out.write(`${word} ${isSent ? "sent" : "not sent"}`);
  },
  { pool: 4 },
);

async function sorted(): Promise<void> {
  for (const word of ["ccc", "b", "bb"]) urgent.trySend(word);
  spawn(sender, "a");
  const gone = spawn(sender, "gone");
  spawn(sender, "dd");
  await yieldNow();
  cancel(gone);
  await yieldNow();
  out.write(`${String(await urgent.receive())} ${String(await urgent.receive())}`);
  await yieldNow();
  spawn(sender, "late");
  spawn(sender, "later");
  await yieldNow();
  urgent.close();
  let rest = "";
  for await (const word of urgent) rest += `${word} `;
  out.write(rest);
}

const filler = task(async function filler() {
  for (let i = 0; i < 5; i++) {
    const slot = await blocks.reserve();
    if (slot === CLOSED) break;
    try {
      slot.text = `block ${i}`;
      await sleep(ms(1));
      if (i !== 2) blocks.commit();
    } finally {
      blocks.abandon();
    }
  }
  blocks.close();
});

const user = task(async function user(pause: number) {
  for (;;) {
    const block = await blocks.receive();
    if (block === CLOSED) break;
    try {
      await sleep(ms(pause));
      out.write(block.text);
    } finally {
      blocks.release();
    }
  }
  out.write("no more blocks");
});

async function slots(): Promise<void> {
  const early = await timeout(blocks.receive(), ms(1));
  out.write(early === TIMED_OUT ? "no block yet" : "a block");
  for (const end of [() => blocks.commit(), () => blocks.release()]) {
    try {
      end();
    } catch (error) {
      out.write(codeOf(error));
    }
  }
  spawn(filler);
  const first = spawn(user, 9);
  await sleep(ms(6));
  out.write(`${blocks.length} inside, ${blocks.tryReserve() === null} ${blocks.tryReceive() === null}`);
  // It gives back what it has.
  cancel(first);
  await yieldNow();
  spawn(user, 2);
  await sleep(ms(20));
}

const writer = task(async function writer(text: string) {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  for (let at = 0; at < bytes.length && !pipe.isClosed;) {
    const count = await pipe.write(bytes, at);
    out.write(`wrote ${count}`);
    at += count;
  }
});

const buffer = new Uint8Array(4);

function textOf(count: number): string {
  let text = "";
  for (let i = 0; i < count; i++) text += String.fromCharCode(buffer[i]!);
  return text;
}

const lost = task(async function lost() {
  await pipe.read(buffer);
  out.write("not reached");
});

async function bytes(): Promise<void> {
  const reader = spawn(lost);
  await yieldNow();
  // Woken for a byte, and cancelled before it runs.
  buffer[0] = 33;
  pipe.tryWrite(buffer, 0, 1);
  cancel(reader);
  await yieldNow();
  out.write(`${pipe.length} inside`);
  spawn(writer, "twelve bytes");
  await sleep(ms(2));
  for (let i = 0; i < 4; i++) out.write(textOf(await pipe.read(buffer, 0, 3)));
  out.write(`${pipe.tryRead(buffer)} ${pipe.length}`);
  const none = await timeout(pipe.read(buffer), ms(2));
  out.write(none === TIMED_OUT ? "timed out" : textOf(none));
  const full = await select({ write: pipe.write(buffer), end: sleep(ms(1)) });
  out.write(`${full.arm} ${pipe.length}`);
  spawn(writer, "closed");
  await yieldNow();
  pipe.close();
  await yieldNow();
  for (let count = 1; count > 0;) {
    count = await pipe.read(buffer);
    out.write(`${count} left`);
  }
  for (const [start, end] of [
    [-1, 2],
    [3, 2],
    [0, 5],
    [0.5, 1],
  ]) {
    try {
      pipe.tryRead(buffer, start, end);
    } catch (error) {
      out.write(codeOf(error));
    }
  }
}

const listener = task(
  async function listener(name: string, pace: number) {
    const messages = topic.subscribe();
    for await (const message of messages) {
      out.write(`${name}: ${message}, lost ${messages.lagged}`);
      await sleep(ms(pace));
    }
    out.write(`${name}: no more`);
  },
  { pool: 3 },
);

const other = task(async function other(from: Subscription<number>) {
  await from.receive();
});

async function messages(): Promise<void> {
  spawn(listener, "quick", 1);
  spawn(listener, "slow", 9);
  const gone = spawn(listener, "gone", 1);
  const own = topic.subscribe();
  spawn(other, own);
  await sleep(ms(1));
  try {
    await own.receive();
  } catch (error) {
    out.write(codeOf(error));
  }
  for (let i = 1; i < 7; i++) {
    topic.publish(i);
    if (i === 3) cancel(gone);
    await sleep(ms(3));
  }
  out.write(`${own.length} of ${topic.capacity}`);
  const next = await select({ own: own.receive(), end: sleep(ms(1)) });
  out.write(`${String(next.value)}, lost ${own.lagged}`);
  topic.close();
  out.write(`${topic.publish(9)}`);
  await sleep(ms(15));
}

const boss = task(async function boss() {
  await lossy();
  await sorted();
  await slots();
  await bytes();
  await messages();
});

export default function main(board: Board): void {
  out = board.console;
  spawn(boss);
}
