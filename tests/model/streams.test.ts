/** Slots, bytes and messages on their way between tasks, beside twins that keep them in plain lists. */
import { CLOSED } from "../../core/sync/channel.js";
import { Pipe } from "../../core/sync/pipe.js";
import { PubSub, type Subscription } from "../../core/sync/pub-sub.js";
import { ZeroCopyChannel } from "../../core/sync/zero-copy-channel.js";
import { behaves, type Arm, type Arms, type Twin } from "../support/parties.js";
import { suite } from "../support/suite.js";

const test = suite("model: streams");

type Side = "reserve" | "receive";
const SLOT = "a slot";

class ZeroCopyTwin implements Twin<Side> {
  private readonly free: number[];
  private readonly ready: number[] = [];
  /** The slot that is filled, and whether one is read: it is the first that is ready. */
  private reserved: number | null = null;
  private isLent = false;
  private isClosed = false;

  constructor(size: number) {
    this.free = Array.from({ length: size }, (_, i) => i);
  }

  private canReserve({ told }: Arms<Side>): boolean {
    const isTaken =
      this.reserved !== null || told.some((arm) => arm.kind === "reserve" && arm.gives === SLOT);
    return !isTaken && this.free.length > 0;
  }

  private canReceive({ told }: Arms<Side>): boolean {
    const isTaken = this.isLent || told.some((arm) => arm.kind === "receive" && arm.gives === SLOT);
    return !isTaken && this.ready.length > 0;
  }

  next(arms: Arms<Side>): Arm<Side> | undefined {
    const sender = arms.waiting.find((each) => each.kind === "reserve");
    const receiver = arms.waiting.find((each) => each.kind === "receive");
    const tell = (arm: Arm<Side>, gives: unknown): Arm<Side> => Object.assign(arm, { gives });
    if (receiver !== undefined && this.canReceive(arms)) return tell(receiver, SLOT);
    const isFilling = arms.told.some((arm) => arm.kind === "reserve" && arm.gives === SLOT);
    const isOver = this.isClosed && this.ready.length === 0 && this.reserved === null && !isFilling;
    if (receiver !== undefined && isOver) return tell(receiver, CLOSED);
    if (sender !== undefined && this.isClosed) return tell(sender, CLOSED);
    return sender !== undefined && this.canReserve(arms) ? tell(sender, SLOT) : undefined;
  }

  take(arm: Arm<Side>): unknown {
    if (arm.gives === CLOSED) return CLOSED;
    return arm.kind === "reserve" ? this.reserve() : this.lend();
  }

  private reserve(): number {
    return (this.reserved = this.free.shift()!);
  }

  private lend(): number {
    this.isLent = true;
    return this.ready[0]!;
  }

  giveBack(): void {
    // it is not told any more
  }

  act(what: string, _: number, arms: Arms<Side>): unknown {
    if (what === "tryReserve") return !this.isClosed && this.canReserve(arms) ? this.reserve() : null;
    if (what === "tryReceive") return this.canReceive(arms) ? this.lend() : null;
    if (what === "close") this.isClosed = true;
    if ((what === "commit" && this.reserved === null) || (what === "release" && !this.isLent)) return "E126";
    if (what === "release") {
      this.free.push(this.ready.shift()!);
      this.isLent = false;
    }
    if (this.reserved === null) return undefined;
    if (what === "commit") this.ready.push(this.reserved);
    if (what === "abandon") this.free.unshift(this.reserved);
    if (what === "commit" || what === "abandon") this.reserved = null;
    return undefined;
  }

  look(): number {
    return this.ready.length;
  }
}

test("ZeroCopyChannel lends each slot to one task at a time, in order, and loses none", () => {
  behaves<Side>({
    real: (size) => {
      const channel = new ZeroCopyChannel(Array.from({ length: size }, (_, i) => i));
      return {
        start: (kind) => channel[kind](),
        act: (what) => channel[what as "commit" | "tryReserve"](),
        look: () => channel.length,
      };
    },
    twin: (size) => new ZeroCopyTwin(size),
    kinds: ["reserve", "receive"],
    acts: [
      "commit",
      "commit",
      "release",
      "release",
      "commit",
      "release",
      "abandon",
      "tryReserve",
      "tryReceive",
    ].concat("close"),
    runs: 3000,
  });
});

type Transfer = "read" | "write";

/** The bytes that operation `id` writes, `count` of them. */
const bytesOf = (id: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => (7 * id + i) & 0xff);

class PipeTwin implements Twin<Transfer> {
  private readonly bytes: number[] = [];
  private isClosed = false;

  constructor(private readonly capacity: number) {}

  private promised(told: readonly Arm<Transfer>[]): number {
    return told.filter((each) => each.kind === "read" && each.gives === null).length;
  }

  private put(id: number, wanted: number): number {
    const count = this.isClosed ? 0 : Math.min(wanted, this.capacity - this.bytes.length);
    this.bytes.push(...bytesOf(id, wanted).slice(0, count));
    return count;
  }

  next({ waiting, told }: Arms<Transfer>): Arm<Transfer> | undefined {
    const empty = waiting.find((each) => each.detail === 0);
    if (empty !== undefined) {
      empty.gives = empty.kind === "read" ? [] : 0;
      return empty;
    }
    const writer = waiting.find((each) => each.kind === "write");
    if (writer !== undefined && (this.isClosed || this.bytes.length < this.capacity)) {
      writer.isFinal = !this.isClosed;
      writer.gives = this.put(writer.id, writer.detail);
      return writer;
    }
    const reader = waiting.find((each) => each.kind === "read");
    if (reader === undefined) return undefined;
    reader.gives = this.bytes.length > this.promised(told) ? null : [];
    const isOver = this.isClosed && this.bytes.length === 0;
    return reader.gives === null || isOver ? reader : undefined;
  }

  take(arm: Arm<Transfer>, { told }: Arms<Transfer>): unknown {
    if (arm.gives !== null) return arm.gives;
    return this.bytes.splice(0, Math.min(arm.detail, this.bytes.length - (this.promised(told) - 1)));
  }

  giveBack(): void {
    // what it was promised is inside still
  }

  act(what: string, detail: number, { told }: Arms<Transfer>, id: number): unknown {
    if (what === "tryWrite") return this.put(id, detail);
    if (what === "tryRead")
      return this.bytes.splice(0, Math.min(detail, this.bytes.length - this.promised(told)));
    this.isClosed = true;
    return undefined;
  }

  look(): number {
    return this.bytes.length;
  }
}

test("Pipe moves bytes in order, as many as fit, and loses none", () => {
  behaves<Transfer>({
    real: (size) => {
      const pipe = new Pipe(size);
      /** What the reads that are under way read into, two bytes on. */
      const buffers = new Map<number, Uint8Array>();
      const shown = (id: number, count: number): unknown => [...buffers.get(id)!.subarray(2, 2 + count)];
      const bufferFor = (id: number, count: number): Uint8Array => {
        const buffer = new Uint8Array(count + 3);
        buffers.set(id, buffer);
        return buffer;
      };
      const source = (id: number, count: number): Uint8Array => Uint8Array.of(99, ...bytesOf(id, count), 99);
      return {
        start: (kind, count, id) =>
          kind === "write"
            ? pipe.write(source(id, count), 1, 1 + count)
            : pipe.read(bufferFor(id, count), 2, 2 + count),
        act: (what, count, id) => {
          if (what === "close") {
            pipe.close();
            return;
          }
          if (what === "tryWrite") return pipe.tryWrite(source(id, count), 1, 1 + count);
          return shown(id, pipe.tryRead(bufferFor(id, count), 2, 2 + count));
        },
        look: () => pipe.length,
        given: (count, id) => (buffers.has(id) ? shown(id, count as number) : count),
      };
    },
    twin: (size) => new PipeTwin(size),
    kinds: ["read", "write"],
    acts: ["tryRead", "tryWrite", "tryRead", "tryWrite", "tryRead", "tryWrite", "close"],
    sizes: 5,
    details: 4,
    runs: 3000,
  });
});

/** What one subscriber is still to get. */
interface Reader {
  readonly messages: number[];
  lost: number;
  lagged: number;
  isBusy: boolean;
}

const READERS = 3;
/** Messages before their count wraps. */
const BEFORE_WRAP = 0x7fffffff - 3;

class PubSubTwin implements Twin<"receive"> {
  private readonly readers: Reader[];
  private isClosed = false;

  constructor(private readonly capacity: number) {
    this.readers = Array.from({ length: READERS }, () => this.newReader());
  }

  private newReader(): Reader {
    return { messages: [], lost: 0, lagged: 0, isBusy: false };
  }

  /** One whose subscription is in use makes another one. */
  arrived(arm: Arm<"receive">): void {
    let reader = this.readers[arm.detail]!;
    if (reader.isBusy) this.readers.push((reader = this.newReader()));
    reader.isBusy = true;
    arm.gives = reader;
  }

  next({ waiting }: Arms<"receive">): Arm<"receive"> | undefined {
    return waiting.find((arm) => this.isClosed || (arm.gives as Reader).messages.length > 0);
  }

  take(arm: Arm<"receive">): unknown {
    const reader = arm.gives as Reader;
    reader.isBusy = false;
    if (reader.messages.length === 0) return CLOSED;
    reader.lagged += reader.lost;
    reader.lost = 0;
    return reader.messages.shift();
  }

  giveBack(arm: Arm<"receive">): void {
    this.left(arm);
  }

  left(arm: Arm<"receive">): void {
    (arm.gives as Reader).isBusy = false;
  }

  act(what: string, _: number, __: unknown, id: number): unknown {
    if (what === "close") {
      this.isClosed = true;
      return undefined;
    }
    if (this.isClosed) return false;
    for (const reader of this.readers) {
      reader.messages.push(id);
      if (reader.messages.length <= this.capacity) continue;
      reader.messages.shift();
      reader.lost++;
    }
    return true;
  }

  look(): unknown {
    return this.readers.slice(0, READERS).map(({ messages, lagged }) => [messages.length, lagged]);
  }
}

test("PubSub gives each subscriber each message, and counts what those lost who were slow", () => {
  behaves({
    real: (size) => {
      const topic = new PubSub<number>(size);
      topic.sent_ = BEFORE_WRAP;
      const readers = Array.from({ length: READERS }, () => topic.subscribe());
      const received = (reader: Subscription<number>): unknown => {
        try {
          return reader.receive();
        } catch (error) {
          if ((error as { code: string }).code !== "E128") throw error;
          return topic.subscribe().receive();
        }
      };
      return {
        start: (_, which) => received(readers[which]!),
        act: (what, _, id) => (what === "close" ? topic.close() : topic.publish(id)),
        look: () => readers.map((each) => [each.length, each.lagged]),
      };
    },
    twin: (size) => new PubSubTwin(size),
    kinds: ["receive"],
    acts: ["publish", "publish", "publish", "publish", "publish", "publish", "publish", "close"],
    details: READERS,
    runs: 3000,
  });
});
