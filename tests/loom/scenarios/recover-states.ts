/** What becomes of a task in each state that the death of a worker can find it in. */
import { kinds } from "../../../core/kinds.js";
import { isWorking, sleepsOn } from "../../../targets/node/threads/lock-free/parking.js";
import {
  EMPTY,
  add,
  ringAt,
  ringWords,
  take,
  type Ring,
} from "../../../targets/node/threads/lock-free/ring.js";
import {
  CANCEL,
  CLAIMED,
  FREE,
  NOTIFIED,
  RUNNING,
} from "../../../targets/node/threads/lock-free/task-word.js";
import { declared, type Declared } from "../../../targets/node/threads/tasks/declared.js";
import { LOST, howOf } from "../../../targets/node/threads/tasks/ends.js";
import { recover } from "../../../targets/node/threads/tasks/recover.js";
import {
  ENDED,
  HOME,
  PIN,
  TOLD,
  WATCHERS,
  WORD,
  indexOf,
  type TaskTable,
} from "../../../targets/node/threads/tasks/table.js";
import type { Scenario } from "../explore.js";
import { expect } from "./in-turn.js";
import { MAIN, layOut } from "./task-world.js";

/** Threads: the one that dies, the other worker, and the main thread; none. */
type Who = "dead" | "other" | "main" | "-";

type Where = "injector" | "urgent" | "free" | `${"inbox" | "ends"} ${Who}`;

interface State {
  readonly what: string;
  /** Bits of its word, and who runs it. */
  readonly word: number;
  readonly by?: Who;
  readonly home?: Who;
  readonly pin?: Who;
  readonly isTold?: boolean;
  /** Those who watch it, and whether it counts as over. */
  readonly watchers?: readonly Who[];
  readonly isOver?: boolean;
  /** Rings that have it already. */
  readonly isIn?: readonly Where[];
  /** Bits of its word afterwards; as before, where that is not said. */
  readonly then?: number;
  readonly isLost?: boolean;
  readonly homeThen?: Who;
  readonly watchersThen?: readonly Who[];
  readonly isOverThen?: boolean;
  /** Rings that have it afterwards, once. */
  readonly isInThen?: readonly Where[];
}

const lost = { then: FREE, isLost: true, isOverThen: true } as const;

const STATES: readonly State[] = [
  {
    what: "ran",
    word: RUNNING,
    by: "dead",
    home: "dead",
    watchers: ["main"],
    ...lost,
    isInThen: ["ends main"],
  },
  { what: "ran, and nobody wants to know", word: RUNNING, by: "dead", ...lost, isInThen: ["free"] },
  { what: "ran where it is pinned", word: RUNNING, by: "dead", pin: "dead", ...lost, isInThen: ["free"] },
  { what: "runs elsewhere", word: RUNNING, by: "other", home: "other" },
  {
    what: "was begun in vain",
    word: RUNNING,
    by: "dead",
    home: "other",
    isTold: true,
    then: NOTIFIED,
    isInThen: ["inbox other"],
  },
  {
    what: "was begun in vain, pinned",
    word: RUNNING | CANCEL,
    by: "dead",
    pin: "other",
    then: NOTIFIED | CANCEL,
    isInThen: ["inbox other"],
  },
  {
    what: "waits there, told",
    word: 0,
    by: "dead",
    home: "dead",
    isTold: true,
    homeThen: "other",
    isInThen: ["inbox other"],
  },
  {
    what: "waits there, told and pinned",
    word: 0,
    by: "dead",
    home: "dead",
    pin: "dead",
    isTold: true,
    isInThen: ["inbox dead"],
  },
  {
    what: "waits there, untold",
    word: 0,
    by: "dead",
    home: "dead",
    watchers: ["main", "dead"],
    ...lost,
    watchersThen: ["main"],
    isInThen: ["ends main", "ends dead"],
  },
  {
    what: "waits elsewhere",
    word: 0,
    by: "other",
    home: "other",
    watchers: ["dead", "main"],
    watchersThen: ["main"],
  },
  {
    what: "is cancelled there",
    word: NOTIFIED | CANCEL,
    by: "dead",
    home: "dead",
    isTold: true,
    homeThen: "other",
    isInThen: ["inbox other"],
  },
  { what: "is ready", word: NOTIFIED, isInThen: ["injector"] },
  { what: "is ready, and queued", word: NOTIFIED, isIn: ["injector"], isInThen: ["injector"] },
  { what: "is ready elsewhere", word: NOTIFIED, home: "other", isInThen: ["inbox other"] },
  { what: "is ready, pinned", word: NOTIFIED, pin: "other", isInThen: ["inbox other"] },
  { what: "is ready there, pinned", word: NOTIFIED, pin: "dead", isInThen: ["inbox dead"] },
  { what: "is spawned elsewhere", word: CLAIMED, by: "other" },
  { what: "is free", word: FREE, by: "other", isOver: true, isIn: ["free"], isInThen: ["free"] },
  { what: "is free, and in nobody's hands", word: FREE, by: "other", isOver: true, isInThen: ["free"] },
  {
    what: "over, and to be told",
    word: FREE,
    by: "dead",
    watchers: ["main"],
    isOverThen: true,
    isInThen: ["ends main"],
  },
  { what: "over, and to be listed", word: FREE, by: "dead", isOverThen: true, isInThen: ["free"] },
  { what: "over, and told by another", word: FREE, by: "other", watchers: ["main"] },
  {
    what: "over, and perhaps not told",
    word: FREE,
    by: "dead",
    isOver: true,
    watchers: ["main", "other"],
    isInThen: ["ends main", "ends other"],
  },
  {
    what: "over, and told",
    word: FREE,
    by: "dead",
    isOver: true,
    watchers: ["main"],
    isIn: ["ends main"],
    isInThen: ["ends main"],
  },
  {
    what: "over, and for the dead",
    word: FREE,
    by: "other",
    isOver: true,
    watchers: ["dead"],
    watchersThen: [],
    isInThen: ["free"],
  },
  {
    what: "over, not lost",
    word: FREE,
    by: "dead",
    home: "dead",
    isOver: true,
    watchers: ["main", "dead"],
    watchersThen: ["main"],
    isInThen: ["ends main"],
  },
  // Of a level above, and a kind of its own.
  { what: "is urgent", word: NOTIFIED, isInThen: ["urgent"] },
  { what: "is free, behind others", word: FREE, isOver: true, isInThen: ["free"] },
  { what: "was spawned", word: CLAIMED, by: "dead", then: FREE, isOverThen: true, isInThen: ["free"] },
];

/** The last ones have a kind of their own, behind one slot of a kind that is not shared. */
const FIRST = STATES.length - 3;
const LAST = FIRST + 1;
const SIZES = {
  ring: 64,
  deque: 2,
  levelOf: [...STATES.slice(0, FIRST).map(() => 0), 0, 1, 1, 1],
};
const ALL = layOut(new Int32Array(0), SIZES).size;
const GENERATION = 5;

const slotOf = (i: number): number => (i < FIRST ? i : i + 1);

function world(table: TaskTable, dead: number) {
  const other = 1 - dead;
  const numberOf = (who: Who): number => ({ dead, other, main: MAIN, "-": -1 })[who];
  const bitsOf = (who: readonly Who[], isOver: boolean): number =>
    who.reduce((bits, each) => bits | (1 << numberOf(each)), isOver ? ENDED : 0);
  const ringOf = (where: Where, slot: number): Ring => {
    const [kind, who] = where.split(" ") as [string, Who];
    if (kind === "inbox") return table.inboxes[numberOf(who)]!;
    if (kind === "ends") return table.ends[numberOf(who)]!;
    if (kind === "free") return table.free.get(slot < FIRST ? 0 : LAST)!;
    return kind === "urgent" ? table.urgent[0]!.common : table.injector;
  };
  const nameIn = (where: Where, slot: number): number =>
    where === "free" && slot >= FIRST ? slot - LAST : slot;
  return { other, numberOf, bitsOf, ringOf, nameIn };
}

type World = ReturnType<typeof world>;

function set(
  table: TaskTable,
  { numberOf, bitsOf, ringOf, nameIn }: World,
  state: State,
  slot: number,
): void {
  const {
    word,
    by = "-",
    home = "-",
    pin = "-",
    isTold = false,
    watchers = [],
    isOver = false,
    isIn = [],
  } = state;
  const { words } = table;
  const at = indexOf(table, slot, 0);
  const runner = by === "-" ? 0 : numberOf(by);
  words[at + WORD] = (GENERATION << 16) | (runner << 8) | word;
  words[at + HOME] = numberOf(home) + 1;
  words[at + PIN] = numberOf(pin) + 1;
  words[at + TOLD] = isTold ? 1 : 0;
  words[at + WATCHERS] = bitsOf(watchers, isOver);
  for (const where of isIn) add(ringOf(where, slot), nameIn(where, slot));
}

/** Every ring's items, as text. */
function contents(ring: Ring): string {
  const items: number[] = [];
  for (let item = take(ring); item !== EMPTY; item = take(ring)) items.push(item);
  return items.sort((a, b) => a - b).join();
}

function check(table: TaskTable, { numberOf, bitsOf }: World, state: State, slot: number): void {
  const { what, word, home = "-", watchers = [], isOver = false, isLost = false } = state;
  const { then = word, homeThen = home, watchersThen = watchers, isOverThen = isOver } = state;
  const at = indexOf(table, slot, 0);
  const now = table.words[at + WORD]!;
  expect((now & 0xff) === then && now >> 16 === GENERATION, `what ${what}: its word is ${now & 0xff}`);
  expect(table.words[at + HOME] === numberOf(homeThen) + 1, `what ${what}: home`);
  expect(table.words[at + WATCHERS] === bitsOf(watchersThen, isOverThen), `what ${what}: watchers`);
  expect((howOf(table, slot) === LOST) === isLost, `what ${what}: lost`);
}

function checkRings({ ringOf, nameIn }: World): void {
  const all: Where[] = ["injector", "urgent", "free"];
  for (const who of ["dead", "other", "main"] as const) all.push(`inbox ${who}`, `ends ${who}`);
  for (const where of all) {
    for (const isFirst of where === "free" ? [true, false] : [true]) {
      const isMeant = (slot: number): boolean => where !== "free" || slot < FIRST === isFirst;
      const expected = STATES.map((state, i) => ({ state, slot: slotOf(i) }))
        .filter(({ state, slot }) => isMeant(slot) && (state.isInThen ?? []).includes(where))
        .map(({ slot }) => nameIn(where, slot));
      const found = contents(ringOf(where, isFirst ? 0 : LAST));
      expect(found === expected.join(), `${where} has ${found}, not ${expected.join()}`);
    }
  }
}

/** Tasks that go on, as those are told who have something that may be of a task. */
const GOES_ON = [
  "runs elsewhere",
  "was begun in vain",
  "was begun in vain, pinned",
  "waits there, told",
].concat([
  "waits there, told and pinned",
  "waits elsewhere",
  "is cancelled there",
  ...STATES.filter(({ what }) => what.startsWith("is ready") || what === "is urgent").map(({ what }) => what),
]);

export function states(dead: number): Scenario {
  let table: TaskTable;
  const told: string[] = [];
  return {
    name: `recover: tasks in all states, of worker ${dead}`,
    size: ALL + 2 * ringWords(64),
    threads: (words) => {
      const layout = layOut(words, SIZES);
      const free = new Map([
        [0, ringAt(words, ALL, 64)],
        [LAST, ringAt(words, ALL + ringWords(64), 64)],
      ]);
      table = { ...layout.table, free, shared: 1 };
      kinds.length = 0;
      const kind = (firstSlot_: number, pool: number, words_: number): void => {
        kinds.push({ firstSlot_, pool, words_ } as never);
      };
      kind(0, FIRST, 1);
      kind(FIRST, 1, 0);
      kind(LAST, 3, 1);
      const bury: Declared["bury_"] = (who, isAlive) => {
        expect(who === dead, "the dead is told");
        STATES.forEach(({ what }, i) => {
          if (isAlive((GENERATION << 16) | slotOf(i))) told.push(what);
          expect(!isAlive((4 << 16) | slotOf(i)), "an old task is over");
        });
      };
      const late = (): void => loom.fail("the table has none of it");
      declared.length = 0;
      declared.push({ bury_: bury } as Declared, { bury_: late } as unknown as Declared);
      return [() => true];
    },
    atEnd: () => {
      const of = world(table, dead);
      STATES.forEach((state, i) => set(table, of, state, slotOf(i)));
      // A slot of a kind that is not shared is nobody's business here.
      table.words[indexOf(table, FIRST, WORD)] = CLAIMED | (dead << 8);
      recover(table, dead, of.other);
      STATES.forEach((state, i) => check(table, of, state, slotOf(i)));
      checkRings(of);
      expect(
        told.join() ===
          STATES.map(({ what }) => what)
            .filter((each) => GOES_ON.includes(each))
            .join(),
        `these go on: ${told.join()}`,
      );
      expect(
        table.looks.every((at) => table.words[at] === 1),
        "all threads look",
      );
      expect(
        table.words[sleepsOn(table.parking, dead)] === 3 && isWorking(table.parking, of.other),
        "the dead is gone",
      );
      told.length = 0;
    },
  };
}
