/** Every pair of a state and a transition: what is there before, what after, and what is answered. */
import * as assert from "uvu/assert";
import * as state from "../../../core/state.js";
import { suite } from "../../support/suite.js";

const { FREE, READY, RUNNING, NOTIFIED, WAITING, DONE, FAULTED, CANCELLED } = state;
const { AWAY, RESERVED, PAUSED, PAUSED_READY, PAUSING } = state;
const ENDS = { DONE, FAULTED, CANCELLED };
const STOPPED = { PAUSED, PAUSED_READY, PAUSING };
const ALL = { FREE, READY, RUNNING, NOTIFIED, WAITING, ...ENDS, AWAY, RESERVED, ...STOPPED };
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

test("has thirteen states and a word for each", () => {
  assert.equal(new Set(Object.values(ALL)).size, 13);
  assert.equal(
    Object.values(ALL)
      .map((each) => state.STATE_NAMES[each])
      .join(" "),
    "free ready running running waiting done faulted cancelled away reserved paused paused running",
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
      "AWAY -> AWAY gone",
      "RESERVED -> RESERVED gone",
      "PAUSED -> PAUSED_READY already ready",
      "PAUSED_READY -> PAUSED_READY already ready",
      "PAUSING -> PAUSING already ready",
    ],
  );
});

test("reserves every claimable state, and claims what is reserved", () => {
  const from = Object.values(ALL).filter(state.isClaimable);

  assert.equal(
    from.map((before) => after(before, state.reserve)),
    ["FREE -> RESERVED", "DONE -> RESERVED", "FAULTED -> RESERVED", "CANCELLED -> RESERVED"],
  );
  assert.is(after(RESERVED, state.claim), "RESERVED -> READY");
});

test("pauses what lives, and resumes it as it was, woken or not", () => {
  const pause = (task: state.Alive): void => {
    state.pause(task);
  };
  const alive = [READY, RUNNING, NOTIFIED, WAITING];
  const changed = Object.values(ALL).filter((before) => !after(before, pause).endsWith(` ${nameOf(before)}`));
  assert.equal(changed, alive);
  assert.equal(
    alive.map((before) => after(before, pause)),
    ["READY -> PAUSED_READY", "RUNNING -> PAUSING", "NOTIFIED -> PAUSING", "WAITING -> PAUSED"],
  );
  assert.is(after(PAUSING, state.suspend), "PAUSING -> PAUSED_READY false");
  assert.is(after(PAUSING, state.again), "PAUSING -> PAUSED_READY false");
  assert.is(after(PAUSED, state.resume), "PAUSED -> WAITING false");
  assert.is(after(PAUSED_READY, state.resume), "PAUSED_READY -> READY true");
  assert.is(after(PAUSING, state.resume), "PAUSING -> NOTIFIED false");
  assert.is(after(WAITING, state.resume), "WAITING -> WAITING false");
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
