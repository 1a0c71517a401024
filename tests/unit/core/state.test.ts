/** Every pair of a state and a transition: what is there before, what after, and what is answered. */
import * as assert from "uvu/assert";
import * as state from "../../../core/state.js";
import { suite } from "../../support/suite.js";

const { FREE, READY, RUNNING, NOTIFIED, WAITING, DONE, FAULTED, CANCELLED } = state;
const ALL = { FREE, READY, RUNNING, NOTIFIED, WAITING, DONE, FAULTED, CANCELLED };
const nameOf = (value: number): string => Object.entries(ALL).find(([, each]) => each === value)?.[0] ?? "?";

const ANSWERS = new Map([
  [state.WOKEN, "woken"],
  [state.ALREADY_READY, "already ready"],
  [state.GONE, "gone"],
]);

/** Takes one transition from `before`: what it answered, and the state after. */
function after(before: number, transition: (task: state.Alive) => unknown): string {
  const task = { life_: before };

  const answer = transition(task) as string | boolean | undefined;

  return `${nameOf(before)} -> ${nameOf(task.life_)}${answer === undefined ? "" : ` ${String(answer)}`}`;
}

const test = suite("core/state");

test("has eight states and a word for each", () => {
  assert.equal(new Set(Object.values(ALL)).size, 8);
  assert.equal(
    Object.values(ALL).map((each) => state.STATE_NAMES[each]),
    ["free", "ready", "running", "running", "waiting", "done", "faulted", "cancelled"],
  );
});

test("lets a slot be claimed when it is free or its task is over", () => {
  const claimable = Object.values(ALL).filter(state.isClaimable).map(nameOf);

  assert.equal(claimable, ["FREE", "DONE", "FAULTED", "CANCELLED"]);
});

test("wakes a waiting task once, notes a wake during the poll, and leaves ended ones alone", () => {
  const wake = (task: state.Alive): string => ANSWERS.get(state.wake(task)) ?? "?";

  assert.equal(
    Object.values(ALL).map((before) => after(before, wake)),
    [
      "FREE -> FREE gone",
      "READY -> READY already ready",
      "RUNNING -> NOTIFIED already ready",
      "NOTIFIED -> NOTIFIED already ready",
      "WAITING -> READY woken",
      "DONE -> DONE gone",
      "FAULTED -> FAULTED gone",
      "CANCELLED -> CANCELLED gone",
    ],
  );
});

test("claims every claimable state", () => {
  const from = Object.values(ALL).filter(state.isClaimable);

  assert.equal(
    from.map((before) => after(before, state.claim)),
    ["FREE -> READY", "DONE -> READY", "FAULTED -> READY", "CANCELLED -> READY"],
  );
});

test("leaves the ready state before a poll", () => {
  assert.is(after(READY, state.beginPoll), "READY -> RUNNING");
});

test("queues a task again after the poll when it was woken meanwhile", () => {
  assert.is(after(RUNNING, state.suspend), "RUNNING -> WAITING false");
  assert.is(after(NOTIFIED, state.suspend), "NOTIFIED -> READY true");
});

test("ends a polled task in each of the three ways, woken meanwhile or not", () => {
  const seen: string[] = [];
  for (const before of [RUNNING, NOTIFIED]) {
    for (const outcome of [DONE, FAULTED, CANCELLED]) {
      seen.push(
        after(before, (task) => {
          state.finish(task, outcome);
        }),
      );
    }
  }

  assert.equal(seen, [
    "RUNNING -> DONE",
    "RUNNING -> FAULTED",
    "RUNNING -> CANCELLED",
    "NOTIFIED -> DONE",
    "NOTIFIED -> FAULTED",
    "NOTIFIED -> CANCELLED",
  ]);
});
