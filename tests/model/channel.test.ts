/** Each channel beside its twin. Those of device builds without races know no more than the first. */
import * as onBoards from "../../core/board/channel.js";
import * as whole from "../../core/sync/channel.js";
import { CLOSED } from "../../core/sync/channel.js";
import { DropNewestChannel, DropOldestChannel } from "../../core/sync/lossy-channels.js";
import { PriorityChannel } from "../../core/sync/priority-channel.js";
import * as onEspruino from "../../targets/espruino/channel.js";
import { behaves, type Arm, type Arms, type Real, type Twin } from "../support/parties.js";
import { suite } from "../support/suite.js";

const test = suite("model: channels");

type Kind = "send" | "receive";

/** What gives an item of the channel, whichever is the oldest then. */
const ITEM = "an item";

/** What becomes of an item that is sent while the channel is full, and which one is received first. */
type Policy = "waits" | "newest is lost" | "oldest is lost" | "by urgency";

/** How urgent item `id` is: the least is most. */
const urgency = (id: number): number => id % 3;

class ChannelTwin implements Twin<Kind> {
  private readonly items: number[] = [];
  private isClosed = false;
  private dropped = 0;

  constructor(
    private readonly capacity: number,
    private readonly policy: Policy,
  ) {}

  /** Whether item `id` got in; undefined when that is to be seen. */
  private put(id: number): boolean | undefined {
    const isFull = this.items.length === this.capacity;
    if (this.isClosed) return false;
    if (isFull && !this.policy.endsWith("lost")) return undefined;
    if (isFull) this.dropped++;
    if (isFull && this.policy === "newest is lost") return false;
    if (isFull) this.items.shift();
    this.items.push(id);
    if (this.policy === "by urgency") this.items.sort((a, b) => urgency(a) - urgency(b));
    return true;
  }

  next({ waiting, told }: Arms<Kind>): Arm<Kind> | undefined {
    const sender = waiting.find((each) => each.kind === "send");
    const receiver = waiting.find((each) => each.kind === "receive");
    if (sender !== undefined) {
      sender.isFinal = !this.isClosed;
      sender.gives = this.put(sender.id);
      if (sender.gives !== undefined) return sender;
    }
    if (receiver === undefined) return undefined;
    const promised = told.filter((each) => each.gives === ITEM).length;
    receiver.gives = this.items.length > promised ? ITEM : CLOSED;
    return receiver.gives === ITEM || (this.isClosed && this.items.length === 0) ? receiver : undefined;
  }

  take(arm: Arm<Kind>): unknown {
    return arm.gives === ITEM ? this.items.shift() : arm.gives;
  }

  giveBack(): void {
    // what it was promised is inside still
  }

  act(what: string, _: number, __: unknown, id: number): unknown {
    if (what === "close") {
      this.isClosed = true;
      return undefined;
    }
    return this.put(id) ?? false;
  }

  look(): unknown {
    return [this.items.length, this.dropped];
  }
}

interface Variant {
  readonly make: (size: number) => whole.Channel<number>;
  readonly CLOSED: unknown;
}

function realOf(made: Variant, size: number): Real<Kind> {
  const channel = made.make(size);
  return {
    start: (kind, _, id) => (kind === "send" ? channel.send(id) : channel.receive()),
    act: (what, _, id) => (what === "close" ? channel.close() : channel.trySend(id)),
    look: () => [channel.length, "dropped" in channel ? channel.dropped : 0],
    given: (value) => (value === made.CLOSED ? CLOSED : value),
  };
}

function tried(made: Variant, keepsAll: boolean, policy: Policy = "waits"): void {
  behaves({
    real: (size) => realOf(made, size),
    twin: (size) => new ChannelTwin(made.make(size).capacity, policy),
    kinds: ["send", "receive"],
    acts: ["trySend", "trySend", "trySend", "close"],
    keepsAll,
    runs: 3000,
  });
}

test("core/sync/channel tells who can go on, gives items in order, and loses none", () => {
  tried({ make: (size) => new whole.Channel(size), CLOSED }, false);
});

test("core/board/channel does, where nobody leaves", () => {
  tried({ make: (size) => new onBoards.Channel(size), CLOSED: onBoards.CLOSED }, true);
});

test("targets/espruino/channel does, where nobody leaves", () => {
  tried({ make: (size) => new onEspruino.Channel(size), CLOSED: onEspruino.CLOSED }, true);
});

test("DropNewestChannel does, and loses what is sent while it is full", () => {
  tried({ make: (size) => new DropNewestChannel(size), CLOSED }, false, "newest is lost");
});

test("DropOldestChannel does, and loses the oldest item when it is full", () => {
  tried({ make: (size) => new DropOldestChannel(size), CLOSED }, false, "oldest is lost");
});

test("PriorityChannel does, the most urgent item first", () => {
  const byUrgency = (a: number, b: number): number => urgency(a) - urgency(b);
  tried({ make: (size) => new PriorityChannel(size + 1, byUrgency), CLOSED }, false, "by urgency");
});
