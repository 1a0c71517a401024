/** Where ready tasks wait, and where workers look: each item comes out once, in its turn, and nobody sleeps beside one. */
import { NONE } from "../../../targets/node/threads/lock-free/deque.js";
import {
  isWorking,
  prepareToSleep,
  searchEnds,
  sleep,
  stayAwake,
  tryToSearch,
} from "../../../targets/node/threads/lock-free/parking.js";
import { EMPTY, add, take } from "../../../targets/node/threads/lock-free/ring.js";
import { INJECTED, OVERFLOWS, STEALS, STOLEN } from "../../../targets/node/threads/tasks/counts.js";
import { lookAgain } from "../../../targets/node/threads/tasks/look.js";
import {
  deliver,
  enqueue,
  hasWork,
  inject,
  makeMember,
  next,
  schedule,
  search,
  workersAreBusy,
  type Flavor,
  type Member,
} from "../../../targets/node/threads/tasks/queues.js";
import type { TaskTable } from "../../../targets/node/threads/tasks/table.js";
import type { Scenario } from "../explore.js";
import { expect, inTurn } from "./in-turn.js";
import { begin, layOut } from "./task-world.js";

const SMALL = { ring: 8, deque: 2, levelOf: [0, 0, 0, 0, 0, 0] };
const LARGE = { ring: 128, deque: 8, levelOf: [...Array.from({ length: 80 }, () => 0), 1, 1, 2, 2] };

/** The first items of a higher level in {@link LARGE}. */
const HIGH = 80;
const HIGHEST = 82;

function tableOf(words: Int32Array, sizes: typeof SMALL): TaskTable {
  const layout = layOut(words, sizes);
  begin(layout);
  return layout.table;
}

/** Two levels. */
const BOTH = { ring: 8, deque: 2, levelOf: [0, 1] };

const sizeOf = (sizes: typeof SMALL): number => layOut(new Int32Array(0), sizes).size;

/** Counts that the item was had; NONE is none. */
function had(item: number): boolean {
  if (item === NONE) return false;
  if (loom.count(item) > 1) loom.fail(`item ${item} came out twice`);
  return true;
}

const counted = ({ words, counts }: TaskTable, who: number, what: number): number =>
  words[counts[who]! + what]!;

/** One thread that does `checks` at once. */
function alone(
  name: string,
  flavor: Flavor,
  checks: (table: TaskTable, member: Member) => void,
  sizes = LARGE,
): Scenario {
  let table: TaskTable;
  return {
    name: `queues: ${name}`,
    size: sizeOf(sizes),
    threads: (words) => {
      table = tableOf(words, sizes);
      return [() => true];
    },
    atEnd: () => {
      checks(table, makeMember(table, 0, flavor));
    },
  };
}

/** What comes next, until there is nothing. */
function all(member: Member): number[] {
  const items: number[] = [];
  for (let item = next(member); item !== NONE; item = next(member)) items.push(item);
  return items;
}

function expectItems(items: readonly number[], expected: readonly number[], what: string): void {
  expect(items.join() === expected.join(), `${what}: ${items.join()}`);
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

/** One worker, whose turns are known beforehand. */
const ALONE = [
  alone("what was woken last runs next, and what yields last", "workStealing", (table, member) => {
    // Each wakes another: three times in a row, then the queue has its turn.
    enqueue(member, 9);
    schedule(member, 10);
    const items: number[] = [];
    for (let i = 0; i < 8; i++) {
      items.push(next(member));
      if (i < 7) schedule(member, 11 + i);
    }
    expectItems(items, [10, 11, 12, 9, 14, 15, 16, 13], "three in a row");
    expectItems(all(member), [17], "what is left");
    for (const item of [0, 1]) enqueue(member, item);
    for (const item of [2, 3]) schedule(member, item);
    expectItems(all(member), [3, 0, 1, 2], "the slot, then the queue");
    expect(next(member) === NONE, "there is nothing");
    expect(counted(table, 0, INJECTED) + counted(table, 0, STEALS) === 0, "nothing was of others");
  }),

  alone("a queue that is full gives its older half to all", "workStealing", (table, member) => {
    for (const item of upTo(9)) enqueue(member, item);
    expect(counted(table, 0, OVERFLOWS) === 1, "it overflowed once");
    expectItems(all(member), [4, 5, 6, 7, 8, 0, 1, 2, 3], "the newer half comes first");
    expect(counted(table, 0, INJECTED) === 4, "four were of all");
  }),

  alone("a fair share of the queue of all comes at once", "workStealing", (table, member) => {
    for (const item of upTo(5)) inject(table, item);
    expect(next(member) === 0 && counted(table, 0, INJECTED) === 2, "half of five, for two workers");
    expectItems(all(member), [1, 2, 3, 4], "in order");
    expect(counted(table, 0, INJECTED) === 5, "all of them are counted");
    for (const item of upTo(20)) inject(table, item);
    expect(
      next(member) === 0 && counted(table, 0, INJECTED) === 9,
      "no more than half of the queue has room for",
    );
  }),

  alone("the queue of all has each 61st turn", "workStealing", (table, member) => {
    for (let i = 0; i < 58; i++) next(member);
    for (const item of [1, 2, 3]) enqueue(member, item);
    for (const item of [7, 8]) inject(table, item);
    expectItems([next(member), next(member), next(member)], [1, 2, 7], "the 61st turn");
    member.tick = 60;
    expect(next(member) === 8 && counted(table, 0, INJECTED) === 2, "and the next one");
    member.tick = 60;
    expect(next(member) === 3 && next(member) === NONE, "where there is nothing, the queue has it");
  }),

  alone("one queue for all", "globalQueue", (table, member) => {
    for (const item of [0, 1]) schedule(member, item);
    enqueue(member, 2);
    inject(table, 3);
    const other = makeMember(table, 1, "globalQueue");
    expect(next(other) === 0 && search(other, true) === NONE, "another takes the first");
    expect(hasWork(other), "and sees that there is more");
    expectItems(all(member), [1, 2, 3], "in order");
    expect(counted(table, 0, INJECTED) === 3, "one by one");
  }),

  alone("a queue for each core", "threadPerCore", (table, member) => {
    for (const item of upTo(9)) schedule(member, item);
    const other = makeMember(table, 1, "threadPerCore");
    expect(next(other) === NONE && search(other, true) === NONE && !hasWork(other), "nothing moves");
    expectItems([take(table.inboxes[0]!), take(table.inboxes[0]!)], [0, 1], "the older half is in its inbox");
    expect(hasWork(member), "there is more");
    expectItems(all(member), [4, 5, 6, 7, 8], "the newer half is in its queue");
    expect(
      hasWork(member) && take(table.inboxes[0]!) === 2 && take(table.inboxes[0]!) === 3,
      "and in its inbox",
    );
    schedule(member, 9);
    expect(hasWork(member) && next(member) === 9 && !hasWork(member), "one is something");
  }),

  alone("urgent tasks", "workStealing", (table, member) => {
    enqueue(member, 0);
    schedule(member, HIGH);
    schedule(member, HIGHEST);
    inject(table, HIGHEST + 1);
    inject(table, HIGH + 1);
    expectItems(all(member), [HIGHEST, HIGHEST + 1, HIGH, HIGH + 1, 0], "the most urgent first");
    expect(counted(table, 0, INJECTED) === 4, "all may take them");
    for (const item of [HIGH, HIGHEST]) {
      schedule(member, item);
      expect(hasWork(makeMember(table, 1, "workStealing")), "others see them");
      expect(next(makeMember(table, 1, "workStealing")) === item, "and take them");
    }
  }),

  alone("urgent tasks of a core", "threadPerCore", (table, member) => {
    enqueue(member, 0);
    for (const item of [HIGH, HIGHEST]) schedule(member, item);
    inject(table, HIGH + 1);
    const other = makeMember(table, 1, "threadPerCore");
    expect(hasWork(other) && next(other) === HIGH + 1 && !hasWork(other), "what is of all is for all");
    expectItems(all(member), [HIGHEST, HIGH, 0], "the others are its own");
    schedule(member, HIGH);
    expect(hasWork(member) && next(member) === HIGH && !hasWork(member), "it sees its own");
  }),

  alone(
    "two levels",
    "workStealing",
    (_, member) => {
      for (const item of [0, 1]) schedule(member, item);
      expectItems(all(member), [1, 0], "the urgent one first");
    },
    BOTH,
  ),

  alone("who looks for work finds it", "workStealing", (table, member) => {
    const [thief, main] = [makeMember(table, 1, "workStealing"), makeMember(table, 2, "workStealing")];
    expect(search(thief, true) === NONE && !hasWork(thief) && !hasWork(member), "there is none");
    for (const item of upTo(4)) enqueue(member, item);
    expect(hasWork(thief) && hasWork(member) && !hasWork(main), "main only waits");
    expect(search(thief, false) === 0 && next(thief) === 1, "it takes half");
    expect(counted(table, 1, STEALS) === 1 && counted(table, 1, STOLEN) === 2, "two were stolen");
    all(member);
    schedule(member, 5);
    expect(
      search(thief, false) === NONE && !hasWork(thief) && hasWork(member),
      "what runs next is let alone",
    );
    expect(search(thief, true) === 5 && counted(table, 1, STOLEN) === 3, "unless it is urgent");
    inject(table, 6);
    expect(hasWork(thief) && search(thief, false) === 6 && counted(table, 1, INJECTED) === 1, "that of all");
    deliver(table, 1, 7);
    expect(hasWork(thief) && !hasWork(member) && take(table.inboxes[1]!) === 7, "its inbox");
    add(table.ends[1]!, 8);
    expect(hasWork(thief) && take(table.ends[1]!) === 8 && !hasWork(thief), "ends of tasks");
    lookAgain(table, 2);
    expect(hasWork(main) && !hasWork(thief), "it is told to look");
    const starts = new Set(upTo(8).map(() => (search(thief, false), (thief.random >> 8) % 2)));
    expect(starts.size === 2 && thief.random > 0, "it begins anywhere");
  }),

  alone("who is busy", "workStealing", (table, member) => {
    expect(workersAreBusy(member), "the other one is");
    tryToSearch(table.parking, 1);
    expect(!workersAreBusy(member) && isWorking(table.parking, 0), "it looks for work");
    expect(workersAreBusy(makeMember(table, 1, "workStealing")), "who asks is");
  }),
];

/** What is left when all have ended. */
function drain(table: TaskTable, flavor: Flavor): void {
  for (const me of [0, 1]) {
    while (had(next(makeMember(table, me, flavor))));
    while (had(take(table.inboxes[me]!)));
  }
}

/** Worker 0 makes `items` ready and takes some; worker 1 looks for work. */
function shares(name: string, flavor: Flavor, items: number, takes: number, isUrgent = false): Scenario {
  let table: TaskTable;
  return {
    name: `queues: ${name}`,
    size: sizeOf(SMALL),
    threads: (words) => {
      table = tableOf(words, SMALL);
      const member = (me: number): Member => makeMember(table, me, flavor);
      const owner = inTurn([
        ...upTo(items).map((item) => () => {
          if (item % 2 === 0) schedule(member(0), item);
          else enqueue(member(0), item);
        }),
        ...upTo(takes).map(() => () => {
          had(next(member(0)));
        }),
      ]);
      const thief = inTurn([
        () => {
          if (had(search(member(1), isUrgent))) loom.saw("found");
        },
        () => {
          if (had(next(member(1)))) loom.saw("took");
        },
      ]);
      return [owner, thief];
    },
    atEnd: () => {
      drain(table, flavor);
      for (const item of upTo(items)) {
        if (loom.count(item, 0) !== 1) loom.fail(`item ${item} came out ${loom.count(item, 0)} times`);
      }
    },
    sees: flavor === "threadPerCore" ? [] : [flavor === "globalQueue" ? "took" : "found"],
  };
}

/** A worker that sleeps when there is nothing to do, while another makes tasks ready, and is busy then: none is left. */
function sleeps(
  name: string,
  flavor: Flavor,
  items: number,
  makes: (table: TaskTable, item: number) => void,
): Scenario {
  let table: TaskTable;
  return {
    name: `queues: ${name}`,
    size: sizeOf(SMALL),
    threads: (words) => {
      table = tableOf(words, SMALL);
      const maker = inTurn(
        upTo(items).map((item) => () => {
          makes(table, item);
        }),
      );
      const worker = (local: number[]): boolean => {
        const member = makeMember(table, 1, flavor);
        const [step = 0] = local;
        let item = NONE;
        if (step === 0) item = take(table.inboxes[1]!);
        else if (step === 1) item = next(member);
        else if (step === 2 && tryToSearch(table.parking, 1)) item = search(member, false);
        else if (step === 3) prepareToSleep(table.parking, 1);
        else if (step === 4 && hasWork(member)) {
          stayAwake(table.parking, 1);
          local[0] = 0;
          return false;
        } else if (step === 5) {
          loom.saw("sleeps");
          sleep(table.parking, 1, 100);
        }
        if (had(item)) searchEnds(table.parking, 1);
        local[0] = item !== EMPTY ? 0 : (step + 1) % 6;
        return false;
      };
      return [maker, worker];
    },
    sleepers: [1],
    atEnd: () => {
      for (const item of upTo(items)) if (loom.count(item, 0) !== 1) loom.fail(`item ${item} was left`);
    },
    sees: ["sleeps"],
  };
}

export const scenarios: Scenario[] = [
  ...ALONE,
  shares("a thief", "workStealing", 3, 2),
  shares("a thief who may take all", "workStealing", 3, 2, true),
  shares("a queue that overflows beside a thief", "workStealing", 5, 1),
  shares("a queue of all", "globalQueue", 2, 1),
  shares("a queue of a core that overflows", "threadPerCore", 3, 1),
  sleeps("nobody sleeps beside the queue of a busy one", "workStealing", 2, (table, item) => {
    enqueue(makeMember(table, 0, "workStealing"), item);
  }),
  sleeps("nobody sleeps beside the queue of all", "globalQueue", 2, (table, item) => {
    enqueue(makeMember(table, 0, "globalQueue"), item);
  }),
  sleeps("nobody sleeps beside what displaced another", "workStealing", 1, (table, item) => {
    const member = makeMember(table, 0, "workStealing");
    schedule(member, item);
    schedule(member, item + 1);
  }),
  sleeps("nobody sleeps beside its inbox", "threadPerCore", 2, (table, item) => {
    deliver(table, 1, item);
  }),
];
