import * as assert from "uvu/assert";
import { DONE, IDLE, PENDING, drop, take } from "../../../../core/op.js";
import { Signal } from "../../../../core/sync/signal.js";
import { restart, startedBy } from "../../../support/ops.js";
import { suite } from "../../../support/suite.js";

const test = suite("core/sync/signal");

test("gives a waiter the value that is set later", () => {
  const signal = new Signal<string>();
  const waiter = startedBy(() => signal.wait());
  assert.is(waiter.state_, PENDING);

  signal.set("a");

  assert.is(waiter.state_, DONE);
  assert.is(take(waiter), "a");
});

test("keeps a value that nobody waited for, and gives it once", () => {
  const signal = new Signal<string>();
  signal.set("a");

  const first = startedBy(() => signal.wait());
  assert.equal([first.state_, take(first)], [DONE, "a"]);
  assert.is(startedBy(() => signal.wait()).state_, PENDING);
});

test("overwrites a value that nobody took, even when a waiter is woken for it already", () => {
  const signal = new Signal<string>();
  const waiter = startedBy(() => signal.wait());

  signal.set("a");
  signal.set("b");

  assert.is(take(waiter), "b");
  assert.is(startedBy(() => signal.wait()).state_, PENDING);
});

test("wakes waiters in the order they came, one for each value", () => {
  const signal = new Signal<string>();
  const [first, second] = [startedBy(() => signal.wait()), startedBy(() => signal.wait())];

  signal.set("a");
  assert.equal([first.state_, second.state_], [DONE, PENDING]);
  take(first);
  signal.set("b");

  assert.equal([second.state_, take(second)], [DONE, "b"]);
});

test("gives the value of a dropped waiter to the next one", () => {
  const signal = new Signal<string>();
  const [first, second] = [startedBy(() => signal.wait()), startedBy(() => signal.wait())];
  signal.set("a");

  drop(first);

  assert.equal([first.state_, second.state_, take(second)], [IDLE, DONE, "a"]);
});

test("keeps the value of a dropped waiter when no other waits", () => {
  const signal = new Signal<string>();
  const waiter = startedBy(() => signal.wait());
  signal.set("a");

  drop(waiter);

  assert.is(take(startedBy(() => signal.wait())), "a");
});

test("forgets a waiter that is dropped before a value came", () => {
  const signal = new Signal<string>();
  const [first, second] = [startedBy(() => signal.wait()), startedBy(() => signal.wait())];

  drop(first);
  signal.set("a");

  assert.equal([first.state_, second.state_], [IDLE, DONE]);
});

test("lets a woken waiter wait again without taking: it is given the value anew", () => {
  const signal = new Signal<string>();
  const waiter = startedBy(() => signal.wait());
  signal.set("a");

  restart(waiter, () => signal.wait());

  assert.equal([waiter.state_, take(waiter)], [DONE, "a"]);
});

test("carries undefined as a value", () => {
  const signal = new Signal<undefined>();
  signal.set(undefined);

  const waiter = startedBy(() => signal.wait());

  assert.equal([waiter.state_, take(waiter)], [DONE, undefined]);
});
