/** What tasks do all day, each beside Node's promises doing the same. */
import { ON_NODE } from "../first/v8-switch.js";
import { nodeDriver, nodeModule, nodePeer } from "../measure/builds.js";
import { runDriver } from "../measure/child.js";
import { median } from "../measure/statistics.js";
import type { Found, Group, RowSpec } from "../rows.js";

/** A program of bench/programs/core, and its counterpart. */
interface Pair {
  readonly id: string;
  readonly limit?: number;
  readonly program: string;
  readonly peer: string;
  /** Whether the program is plain JavaScript, too. */
  readonly isPlain?: boolean;
  /** In a round. */
  readonly operations: number;
  readonly what: string;
}

const PAIRS: readonly Pair[] = [
  {
    ...pair("poll"),
    limit: 0.15,
    operations: 200_000,
    what: "200 tasks and yieldNow() / 200 async functions and `await undefined`",
  },
  {
    id: "core-bare-calls",
    program: "core/bare-native",
    peer: "core/poll-native",
    isPlain: true,
    operations: 200_000,
    what: "the engine's own limit: a loop that calls the code of 200 frames, and nothing else / as above",
  },
  {
    ...pair("signal"),
    limit: 0.1,
    operations: 50_000,
    what: "a Signal each way between two tasks / a promise each way, kept by its resolve",
  },
  {
    ...pair("channel"),
    limit: 0.1,
    operations: 100_000,
    what: "Channel of 1000 / a ring of items with promises where it is full or empty",
  },
  { ...pair("channel-one"), operations: 50_000, what: "the same with room for one item" },
  {
    ...pair("spawn"),
    limit: 1,
    operations: 100_000,
    what: "join(spawn(empty)) / `await empty()`",
  },
  {
    ...pair("await", "spawn-native"),
    operations: 200_000,
    what: "`await empty()` in a task, of a function of the program / the same",
  },
  {
    ...pair("timeout"),
    limit: 0.15,
    operations: 1_000_000,
    what: "timeout(yieldNow(), s(10)) / a promise around setTimeout, `await undefined`, clearTimeout",
  },
  {
    ...pair("timeout", "race-native"),
    id: "core-timeout-race",
    operations: 100_000,
    what: "the same / Promise.race with such a promise, as programs write it",
  },
  { ...pair("mutex-free"), operations: 100_000, what: "a lock that nobody else wants" },
  { ...pair("mutex"), operations: 50_000, what: "8 tasks want it, and yield while they have it" },
  { ...pair("semaphore"), operations: 50_000, what: "6 tasks and 5 permits, and they yield with one" },
  { ...pair("select"), operations: 10_000, what: "select of two sleeps in 100 tasks / Promise.race of two" },
];

export const pairs: Group = {
  title: "core against promises",
  rows: PAIRS.map(rowOf),

  async measure(say) {
    const driver = await nodeDriver("cpu-rounds");
    const found: Record<string, Found> = {};
    for (const pair of PAIRS) {
      say(pair.id);
      found[pair.id] = await compare(driver, pair);
    }
    return found;
  },
};

function pair(name: string, peer = `${name}-native`): Pick<Pair, "id" | "program" | "peer"> {
  return { id: `core-${name}`, program: `core/${name}`, peer: `core/${peer}` };
}

function rowOf({ id, limit }: Pair): RowSpec {
  return { id, engine: "v8", unit: "x promises", ...(limit === undefined ? {} : { limit }) };
}

async function compare(driver: string, pair: Pair): Promise<Found> {
  const { program, peer, operations, what } = pair;
  const own = pair.isPlain === true ? nodePeer(program) : nodeModule(program, ON_NODE);
  const paths = [await own, await nodePeer(peer)];
  const [ours = [], theirs = []] = await runDriver<number[][]>(driver, [String(operations), ...paths]);
  const [mine, other] = [median(ours), median(theirs)];
  const note = `${what}; CPU an operation, medians of ${ours.length} rounds by turns, ${mine.toFixed(1)} / ${other.toFixed(1)} ns`;
  return { value: mine / other, note };
}
