/** Senders and receivers: each item comes once, in order; nobody sleeps beside an item, or room; whoever dies, none is lost, or there twice. */
import {
  RECEIVERS,
  SENDERS,
  arrive,
  bury,
  cellsWords,
  claimToFill,
  close,
  countOf,
  type Cells,
} from "../../../targets/node/threads/lock-free/channel.js";
import type { Scenario } from "../explore.js";
import { alone, isAsNew, startAt } from "./channel-alone.js";
import { meanwhile } from "./channel-meanwhile.js";
import {
  LEFT,
  MOST,
  OUTSIDE,
  REFUSED,
  drain,
  fill,
  receiverOf,
  senderOf,
  take,
  takesOf,
  taskOf,
  tell,
  wake,
  type Actor,
} from "./channel-threads.js";
import { expect, inTurn } from "./in-turn.js";

interface Play {
  readonly name: string;
  readonly capacity: number;
  /** Items that are there at the start: of a sender that is done. */
  readonly ready?: number;
  /** Items of each sender. */
  readonly senders?: readonly number[];
  /** What each receiver does with each item that it is given: see `receiverOf`. */
  readonly receivers: readonly string[];
  /** Nobody waits: who finds nothing, or no room, has done that. */
  readonly tries?: boolean;
  /** Whether one closes it meanwhile. */
  readonly closes?: boolean;
  readonly mortal?: readonly number[];
  /** The task that carries items has failed, when its thread has died. */
  readonly failed?: boolean;
  readonly laps?: number;
  readonly bag?: boolean;
  readonly isBig?: boolean;
  readonly sees?: readonly string[];
}

/** Who filled what is there at the start, and the thread on which tasks of the dead go on. */
const READY = 3;
const HEIR = 29;

function play(options: Play): Scenario {
  const { name, capacity, senders = [], receivers, closes = false, mortal = [], isBig = false } = options;
  const told = cellsWords(capacity);
  const players = senders.length + receivers.length;
  return {
    name: `channel: ${name}`,
    isBig,
    size: told + players,
    threads: (words) => {
      const cells: Cells = { words, at: 0, capacity };
      setUp(cells, options);
      return [
        ...playersOf(cells, told, options),
        ...(closes ? [closerOf({ cells, me: 0, told, tries: true })] : []),
        ...(mortal.length > 0 ? [recoveryOf(cells, told, options)] : []),
      ];
    },
    mortal,
    ...(mortal.length > 0 ? { recovery: players + (closes ? 1 : 0) } : {}),
    sleepers: Array.from({ length: players }, (_, i) => i),
    atEnd: (died) => {
      atEnd({ words: loom.words, at: 0, capacity }, died, options);
    },
    sees: options.sees ?? [],
  };
}

function setUp(cells: Cells, { laps = 0, ready = 0, senders = [], receivers }: Play): void {
  startAt(cells, laps);
  for (let i = 0; i < ready; i++) fill(cells, claimToFill(cells, OUTSIDE), READY * MOST + i + 1);
  loom.count(LEFT, senders.reduce((sum, each) => sum + each, 0) + takesOf(receivers.join("")));
}

function playersOf(
  cells: Cells,
  told: number,
  { senders = [], receivers, tries = false, bag = false, mortal = [] }: Play,
) {
  // What two receivers do with what they took has no order, nor has what was given back.
  const isInOrder = receivers.length === 1 && !bag && mortal.length === 0;
  const actor = (me: number): Actor => ({ cells, tries, me, told });
  return [
    ...senders.map((items, s) => senderOf(actor(s), items, bag)),
    ...receivers.map((deeds, r) => receiverOf(actor(senders.length + r), deeds, isInOrder)),
  ];
}

function closerOf(actor: Actor) {
  return inTurn([
    () => {
      close(actor.cells);
    },
    () => {
      tell(actor, RECEIVERS);
    },
    () => {
      tell(actor, SENDERS);
    },
  ]);
}

function recoveryOf(
  cells: Cells,
  told: number,
  { senders = [], receivers, mortal = [], failed = false }: Play,
) {
  const [dead = 0] = mortal;
  return inTurn([
    () => {
      bury(cells, dead, (task) => task !== taskOf(dead) || !failed);
    },
    () => {
      for (let who = 0; who < senders.length + receivers.length; who++) wake(cells.words, told + who);
    },
    // The task that carried an item goes on elsewhere.
    () => {
      for (let cell = 0; cell < cells.capacity && !failed; cell++) {
        if (arrive(cells, cell, taskOf(dead), HEIR)) take(cells, cell, false);
      }
    },
  ]);
}

function atEnd(
  cells: Cells,
  died: number,
  { senders = [], receivers, ready = 0, closes, tries }: Play,
): void {
  const rest = drain(cells);
  const sent = senders.reduce((sum, each) => sum + each, 0) + ready;
  const came = Array.from({ length: 15 }, (_, i) => loom.count(i + 1, 0)).reduce(
    (sum, each) => sum + each,
    0,
  );
  const missing = sent - came - loom.count(REFUSED, 0);
  // Who dies has not sent all.
  if (missing > (died < 0 ? 0 : (senders[died] ?? 0))) loom.fail(`${missing} of ${sent} items did not come`);
  if (tries !== true && died < 0) {
    const left = loom.count(LEFT, 0);
    if (left > 0 || (rest > 0 && takesOf(receivers.join("")) >= sent))
      loom.fail(`${left} things were not done`);
  }
  expect(countOf(cells) === 0, "an empty channel has no items");
  if (closes !== true) isAsNew(cells);
}

const SLEPT = ["a sender slept", "a receiver slept"];

export const scenarios: Scenario[] = [
  ...alone,
  ...meanwhile,
  // Who finds nothing, or no room, goes on.
  play({ name: "two senders", tries: true, capacity: 1, senders: [1, 1], receivers: ["t"] }),
  play({ name: "two receivers", tries: true, capacity: 2, senders: [2], receivers: ["t", "t"] }),
  play({
    name: "give back",
    tries: true,
    capacity: 2,
    senders: [2],
    receivers: ["b", "tt"],
    sees: ["gave back"],
  }),
  play({
    name: "two give back",
    tries: true,
    capacity: 2,
    ready: 2,
    receivers: ["b", "b"],
  }),
  play({
    name: "held while all go round",
    tries: true,
    capacity: 2,
    ready: 2,
    senders: [1],
    receivers: ["b", "t"],
  }),
  play({
    name: "carried while all go round",
    tries: true,
    capacity: 2,
    ready: 2,
    senders: [1],
    receivers: ["c", "t"],
    isBig: true,
  }),
  play({
    name: "laps come round",
    tries: true,
    capacity: 1,
    laps: 0xffff,
    senders: [2],
    receivers: ["t", "t"],
  }),
  play({ name: "carry", tries: true, capacity: 2, senders: [2], receivers: ["c", "t"] }),
  play({ name: "bag", tries: true, capacity: 2, senders: [2], receivers: ["b", "t"], bag: true }),
  play({ name: "a sender that dies", tries: true, capacity: 1, senders: [1], receivers: ["t"], mortal: [0] }),
  play({
    name: "one of two senders dies",
    tries: true,
    capacity: 1,
    senders: [1, 1],
    receivers: ["t"],
    mortal: [0],
    isBig: true,
  }),
  play({
    name: "a receiver that dies",
    tries: true,
    capacity: 1,
    ready: 1,
    receivers: ["t", "t"],
    mortal: [0],
  }),
  play({
    name: "a receiver that gives back dies",
    tries: true,
    capacity: 1,
    ready: 1,
    receivers: ["b", "t"],
    mortal: [0],
  }),
  play({
    name: "a carrier that dies",
    tries: true,
    capacity: 1,
    ready: 1,
    receivers: ["c", "t"],
    mortal: [0],
  }),
  play({
    name: "a carrier that fails",
    tries: true,
    capacity: 1,
    ready: 1,
    receivers: ["c", "t"],
    mortal: [0],
    failed: true,
  }),
  play({
    name: "a receiver that dies beside a sender",
    tries: true,
    capacity: 1,
    senders: [2],
    receivers: ["t", "t"],
    mortal: [1],
    isBig: true,
  }),
  // Who finds nothing sleeps.
  play({ name: "one to one", capacity: 1, senders: [2], receivers: ["tt"], sees: SLEPT }),
  play({ name: "one to one, three cells", capacity: 3, senders: [3], receivers: ["ttt"] }),
  play({
    name: "one that gives back and one that waits",
    capacity: 1,
    ready: 1,
    receivers: ["b", "t"],
    sees: ["gave back"],
  }),
  play({ name: "closed", capacity: 1, senders: [1], receivers: ["tt"], closes: true, sees: ["over"] }),
  play({ name: "closed while one gives back", capacity: 1, ready: 1, receivers: ["b", "t"], closes: true }),
  play({ name: "two to one", capacity: 1, senders: [1, 1], receivers: ["tt"], isBig: true }),
  play({ name: "one to two", capacity: 1, senders: [1], receivers: ["t", "b"], isBig: true }),
];
