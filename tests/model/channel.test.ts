/** Each channel beside its twin. Those of device builds without races know no more than the first. */
import * as onBoards from "../../core/board/channel.js";
import * as whole from "../../core/sync/channel.js";
import { CLOSED } from "../../core/sync/channel.js";
import * as onEspruino from "../../targets/espruino/channel.js";
import { behaves, type Arm, type Arms, type Real, type Twin } from "../support/parties.js";
import { suite } from "../support/suite.js";

const test = suite("model: channels");

type Kind = "send" | "receive";

/** What gives an item of the channel, whichever is the oldest then. */
const ITEM = "an item";

class ChannelTwin implements Twin<Kind> {
  private readonly items: number[] = [];
  private isClosed = false;

  constructor(private readonly capacity: number) {}

  next({ waiting, told }: Arms<Kind>): Arm<Kind> | undefined {
    const sender = waiting.find((each) => each.kind === "send");
    const receiver = waiting.find((each) => each.kind === "receive");
    if (sender !== undefined && (this.isClosed || this.items.length < this.capacity)) {
      if (!this.isClosed) this.items.push(sender.id);
      sender.isFinal = !this.isClosed;
      sender.gives = !this.isClosed;
      return sender;
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
    const fits = !this.isClosed && this.items.length < this.capacity;
    if (fits) this.items.push(id);
    return fits;
  }

  look(): number {
    return this.items.length;
  }
}

interface Variant {
  readonly Channel: typeof whole.Channel;
  readonly CLOSED: object;
}

function realOf(made: Variant, size: number): Real<Kind> {
  const channel = new made.Channel<number>(size);
  return {
    start: (kind, _, id) => (kind === "send" ? channel.send(id) : channel.receive()),
    act: (what, _, id) => (what === "close" ? channel.close() : channel.trySend(id)),
    look: () => channel.length,
    given: (value) => (value === made.CLOSED ? CLOSED : value),
  };
}

function tried(made: Variant, keepsAll: boolean): void {
  behaves({
    real: (size) => realOf(made, size),
    twin: (size) => new ChannelTwin(size),
    kinds: ["send", "receive"],
    acts: ["trySend", "trySend", "trySend", "close"],
    keepsAll,
    runs: 3000,
  });
}

test("core/sync/channel tells who can go on, gives items in order, and loses none", () => {
  tried(whole as unknown as Variant, false);
});

test("core/board/channel does, where nobody leaves", () => {
  tried(onBoards, true);
});

test("targets/espruino/channel does, where nobody leaves", () => {
  tried(onEspruino, true);
});
