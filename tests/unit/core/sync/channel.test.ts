import * as assert from "uvu/assert";
import { DONE, IDLE, PENDING, drop, irrevocable, take, type Op } from "../../../../core/op.js";
import { CLOSED, Channel } from "../../../../core/sync/channel.js";
import { startedBy } from "../../../support/ops.js";
import { suite } from "../../../support/suite.js";

const test = suite("core/sync/channel");

function filled(capacity: number, ...items: string[]): Channel<string> {
  const channel = new Channel<string>(capacity);
  for (const item of items) channel.trySend(item);
  return channel;
}

const receive = (channel: Channel<string>): Op => startedBy(() => channel.receive());
const send = (channel: Channel<string>, item: string): Op => startedBy(() => channel.send(item));
const states = (...ops: Op[]): number[] => ops.map((op) => op.state_);

test("gives items in the order sent, around the ring", () => {
  const channel = filled(3, "a", "b");
  const seen: unknown[] = [];
  for (const item of ["c", "d", "e", "f", "g"]) {
    channel.trySend(item);
    seen.push(take(receive(channel)));
  }

  assert.equal(seen, ["a", "b", "c", "d", "e"]);
  assert.is(channel.length, 2);
});

test("refuses what does not fit, and says so", () => {
  const channel = filled(2);

  assert.equal([channel.trySend("a"), channel.trySend("b"), channel.trySend("c")], [true, true, false]);
  assert.is(channel.length, 2);
});

test("has a sender wait while it is full, and takes its item as soon as there is room", () => {
  const channel = filled(1, "a");
  const [second, third] = [send(channel, "b"), send(channel, "c")];
  assert.equal(states(second, third), [PENDING, PENDING]);

  assert.is(take(receive(channel)), "a");

  assert.equal(states(second, third), [DONE, PENDING]);
  assert.equal([take(second), take(receive(channel)), take(receive(channel))], [true, "b", "c"]);
});

test("wakes receivers in the order they came", () => {
  const channel = filled(2);
  const [first, second, third] = [receive(channel), receive(channel), receive(channel)];

  channel.trySend("a");
  channel.trySend("b");

  assert.equal(states(first, second, third), [DONE, DONE, PENDING]);
  assert.equal([take(first), take(second)], ["a", "b"]);
});

test("gives what a dropped receiver was promised to the next in line", () => {
  const channel = filled(2);
  const [first, second] = [receive(channel), receive(channel)];
  channel.trySend("a");

  drop(first);

  assert.equal(states(first, second), [IDLE, DONE]);
  assert.is(take(second), "a");
});

test("keeps what a dropped receiver was promised when nobody else waits", () => {
  const channel = filled(2, "a");
  const receiver = receive(channel);
  assert.is(receiver.state_, DONE);

  drop(receiver);

  assert.is(channel.length, 1);
  assert.is(take(receive(channel)), "a");
});

test("does not send for a sender that is dropped while it waits", () => {
  const channel = filled(1, "a");
  const [second, third] = [send(channel, "b"), send(channel, "c")];

  drop(second);

  assert.equal([take(receive(channel)), take(receive(channel))], ["a", "c"]);
  assert.equal(states(second, third), [IDLE, DONE]);
});

test("gives what is inside after it is closed, then says so for ever", () => {
  const channel = filled(2, "a", "b");
  channel.close();

  const seen = [1, 2, 3, 4].map(() => take(receive(channel)));

  assert.equal(seen, ["a", "b", CLOSED, CLOSED]);
});

test("tells all who wait when it is closed: receivers that it is over, senders that nothing was sent", () => {
  const empty = filled(1);
  const receivers = [receive(empty), receive(empty)];
  empty.close();
  assert.equal(receivers.map(take), [CLOSED, CLOSED]);

  const full = filled(1, "a");
  const senders = [send(full, "b"), send(full, "c")];
  full.close();
  assert.equal(senders.map(take), [false, false]);
  assert.equal([take(send(full, "d")), full.trySend("e"), full.length], [false, false, 1]);
});

test("has receivers of a closed channel wait for an item that may be given back", () => {
  const channel = filled(1);
  const [first, second] = [receive(channel), receive(channel)];
  channel.trySend("a");

  channel.close();
  assert.equal(states(first, second), [DONE, PENDING]);
  drop(first);

  assert.is(take(second), "a");
});

test("tells receivers of a closed channel that it is over once the last promised item was fetched", () => {
  const channel = filled(1);
  const [first, second] = [receive(channel), receive(channel)];
  channel.trySend("a");
  channel.close();

  assert.is(take(first), "a");

  assert.is(take(second), CLOSED);
});

test("knows of a send that went through that it cannot be taken back", () => {
  const channel = filled(1);
  const [through, waiting] = [send(channel, "a"), send(channel, "b")];
  assert.equal([through.drop_ === irrevocable, through.state_, waiting.state_], [true, DONE, PENDING]);

  channel.close();

  assert.is(send(channel, "c").drop_ === irrevocable, false);
});

test("has a task that would send or receive do one of them when a place is free, and keeps the other senders", () => {
  const channel = filled(1, "a");
  const taker = receive(channel);
  const got = receive(channel);
  const sent = send(channel, "mine");
  const other = send(channel, "b");
  // As a select over both.
  got.done_ = () => {
    drop(sent);
  };
  sent.done_ = () => {
    drop(got);
  };

  assert.is(take(taker), "a");

  assert.equal(states(got, sent, other), [IDLE, DONE, PENDING]);
  assert.equal([take(receive(channel)), take(receive(channel))], ["mine", "b"]);
});

test("holds falsy items", () => {
  const channel = new Channel<unknown>(4);
  for (const item of [0, "", undefined, false]) channel.trySend(item);

  const seen = [1, 2, 3, 4].map(() => take(startedBy(() => channel.receive())));

  assert.equal(seen, [0, "", undefined, false]);
});

test("wants a whole capacity of at least 1 (E121)", () => {
  for (const capacity of [0, -1, 1.5, NaN]) {
    assert.throws(
      () => new Channel(capacity),
      (error: { code: string }) => error.code === "E121",
    );
  }
});
