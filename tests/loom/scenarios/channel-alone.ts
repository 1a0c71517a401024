/** A channel in the hands of one thread, step by step. */
import {
  MADE_ROOM,
  NONE,
  OVER,
  arrive,
  cellAt,
  bury,
  cellsWords,
  claimOf,
  claimToFill,
  claimToTake,
  close,
  countOf,
  discard,
  free,
  giveBack,
  isClosed,
  isPublished,
  leave,
  publish,
  type Cells,
} from "../../../targets/node/threads/lock-free/channel.js";
import type { Scenario } from "../explore.js";
import { OUTSIDE } from "./channel-threads.js";
import { expect } from "./in-turn.js";

/** So many rounds of it are over. */
export function startAt(cells: Cells, laps: number): void {
  for (let cell = 0; cell < cells.capacity; cell++)
    Atomics.store(cells.words, cellAt(cells, cell), laps << 16);
  for (const place of [0, 16]) Atomics.store(cells.words, place, laps << 16);
}

/** It has room for all that it can hold, and gives it in order. */
export function isAsNew(cells: Cells): void {
  const filled: number[] = [];
  for (let i = 0; i < cells.capacity; i++) {
    const cell = claimToFill(cells, OUTSIDE);
    if (cell < 0) loom.fail(`it has room for ${i} of ${cells.capacity}`);
    publish(cells, cell);
    filled.push(cell);
  }
  expect(countOf(cells) === cells.capacity, "a full channel has as many items as it can hold");
  expect(claimToFill(cells, OUTSIDE) === NONE, "it holds no more");
  for (const cell of filled) {
    expect(claimToTake(cells, OUTSIDE) === cell, "it gives all in order");
    free(cells, cell);
  }
}

function scenario(name: string, capacity: number, body: (cells: Cells) => void, laps = 0): Scenario {
  return {
    name: `channel: ${name}`,
    size: cellsWords(capacity),
    threads: (words) => [
      () => {
        const cells = { words, at: 0, capacity };
        startAt(cells, laps);
        body(cells);
        return true;
      },
    ],
  };
}

/** `done` of three threads, of whom number 1 is dead: what it filled, held and carried. */
function buried(cells: Cells): void {
  for (const me of [0, 1, 2]) claimToFill(cells, me);
  publish(cells, 2);
  bury(cells, 1, () => true);
  expect(claimToTake(cells, 2) === NONE, "what another one fills is not there yet");
  publish(cells, 0);
  expect(
    claimToTake(cells, 1) === 0 && claimToTake(cells, 2) === MADE_ROOM,
    "a hole is skipped, and makes room",
  );
  expect(claimToTake(cells, 2) === 2 && claimToTake(cells, 2) === NONE, "what was behind it comes");
  leave(cells, 2, 77);
  bury(cells, 1, (id) => id === 77);
  expect(
    !arrive(cells, 2, 78, 3) && arrive(cells, 2, 77, 3),
    "a task finds what it carries, and no other does",
  );
  expect(claimToTake(cells, 2) === 0, "what the dead held is the oldest");
  leave(cells, 0, 79);
  bury(cells, 1, (id) => id !== 79);
  expect(!arrive(cells, 0, 79, 0) && claimToTake(cells, 2) === 0, "what a dead task carried is the oldest");
  free(cells, 0);
  bury(cells, 3, () => true);
  expect(claimToTake(cells, 2) === 2, "what was held by another dead one comes");
  free(cells, 2);
  isAsNew(cells);
}

function notes(cells: Cells): void {
  const first = claimToFill(cells, 1);
  const claim = claimOf(cells, first);
  expect(!isPublished(cells, claim), "what is being filled is not out");
  publish(cells, first);
  expect(isPublished(cells, claim), "what was published is");
  free(cells, claimToTake(cells, 1));
  claimToFill(cells, 1);
  expect(isPublished(cells, claim), "and stays so, with another item in its cell");
  expect(!isPublished(cells, claimOf(cells, first)), "which is not out");
  discard(cells, first);
  expect(
    claimToTake(cells, 1) === MADE_ROOM && claimToTake(cells, 1) === NONE,
    "what was discarded is skipped",
  );
}

function closed(cells: Cells): void {
  publish(cells, claimToFill(cells, 0));
  expect(!isClosed(cells), "it is open");
  close(cells);
  expect(isClosed(cells) && claimToFill(cells, 0) === OVER, "nothing more goes in");
  expect(claimToTake(cells, 0) === 0 && claimToTake(cells, 0) === NONE, "who has an item may give it back");
  giveBack(cells, 0);
  expect(claimToTake(cells, 0) === 0, "it comes again");
  free(cells, 0);
  expect(claimToTake(cells, 0) === OVER, "then it is over");
}

/** Two of three are held; what is sent goes round them. */
function inTheWay(cells: Cells): void {
  for (const cell of [0, 1, 2]) publish(cells, claimToFill(cells, cell));
  for (const cell of [0, 1, 2]) expect(claimToTake(cells, 0) === cell, "all are held");
  expect(claimToFill(cells, 0) === NONE, "there is no room");
  leave(cells, 1, 77);
  free(cells, 2);
  expect(
    claimToFill(cells, 0) === 2 && claimToFill(cells, 0) === NONE,
    "there is room for one, beside the others",
  );
  publish(cells, 2);
  expect(countOf(cells) > 0 && claimToTake(cells, 0) === 2, "it comes");
  giveBack(cells, 0);
  giveBack(cells, 2);
  expect(arrive(cells, 1, 77, 0), "what is carried stays");
  expect(claimToFill(cells, 0) === NONE, "two are there, and one is held");
  const order = [claimToTake(cells, 0), claimToTake(cells, 0)];
  expect(order.includes(0) && order.includes(2) && claimToTake(cells, 0) === NONE, "both come again");
  for (const cell of [0, 1, 2]) free(cells, cell);
  isAsNew(cells);
}

/** Something that was given back is in the way. */
function bags(cells: Cells): void {
  publish(cells, claimToFill(cells, 0));
  publish(cells, claimToFill(cells, 0));
  expect(claimToTake(cells, 0) === 0 && claimToTake(cells, 0) === 1, "both are held");
  free(cells, 1);
  giveBack(cells, 0);
  expect(claimToFill(cells, 0) === NONE, "in order there is no room");
  expect(claimToFill(cells, 0, true) === 1, "in a bag there is");
  publish(cells, 1);
  expect(countOf(cells) > 0 && countOf(cells) <= 2, "it counts what it can hold at most");
  const both = [claimToTake(cells, 0), claimToTake(cells, 0)];
  expect(both.includes(0) && both.includes(1), "both come");
  for (const cell of both) free(cells, cell);
  expect(claimToFill(cells, 0, true) >= 0 && claimToFill(cells, 0, true) >= 0, "it has room for two");
  expect(claimToFill(cells, 0, true) === NONE, "not for more");
  discard(cells, 0);
  expect(claimToFill(cells, 0, true) === 0, "a hole is room");
}

/** How many there are, at any place of the ring. */
function counts(cells: Cells): void {
  expect(
    cellAt(cells, 2) > cellAt(cells, 1) && cellAt(cells, 1) > cellAt(cells, 0),
    "cells follow each other",
  );
  for (let there = 0; there < 3; there++) {
    expect(countOf(cells) === there, `${there} are there`);
    publish(cells, claimToFill(cells, 0));
  }
  for (let i = 0; i < 7; i++) {
    const cell = claimToTake(cells, 0);
    expect(countOf(cells) === 2, "one less");
    free(cells, cell);
    publish(cells, claimToFill(cells, 0));
    expect(countOf(cells) === 3, "one more");
  }
}

export const alone: Scenario[] = [
  scenario("how many there are", 3, counts),
  scenario("the dead are buried, in the last lap", 3, buried, 0xffff),
  scenario("the dead are buried, where laps become negative", 3, buried, 0x7fff),
  scenario("what is held lies in the way, in the last lap", 3, inTheWay, 0xffff),
  scenario("what is held lies in the way, where laps become negative", 3, inTheWay, 0x7fff),
  scenario("the dead are buried", 3, buried),
  scenario("notes of what is sent", 1, notes),
  scenario("the end", 2, closed),
  scenario("what is held lies in the way", 3, inTheWay),
  scenario("a bag", 2, bags),
];
