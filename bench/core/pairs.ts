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

/** What each counterpart is, beside ours. */
const STOPPABLE = "as programs write it where each wait can be given up, by an AbortSignal";
const LEAN = "as lean as promises get: nothing can be given up";

const PAIRS: readonly Pair[] = [
  ...both("poll", 0.15, 200_000, "200 tasks and yieldNow() / 200 async functions and `await undefined`"),
  {
    id: "core-bare-calls",
    program: "core/bare-native",
    peer: "core/poll-native",
    isPlain: true,
    operations: 200_000,
    what: "the engine's own limit: a loop that calls the code of 200 frames, and nothing else / `await undefined`",
  },
  ...both("signal", 0.1, 50_000, "a Signal each way between two tasks / two of promises"),
  ...both("channel", 0.1, 100_000, "Channel of 1000 / a ring, with promises where it is full or empty"),
  ...both("channel-one", undefined, 50_000, "the same with room for one item"),
  {
    ...pair("spawn", "spawn-stoppable"),
    limit: 1,
    operations: 50_000,
    what: "join(spawn(empty)) / a function that begins when others had their turn, and that can be stopped: an AbortController and a promise for each",
  },
  {
    ...pair("spawn"),
    id: "core-spawn-lean",
    operations: 100_000,
    what: "the same / `await empty()`, which begins and ends at once, in place",
  },
  {
    ...pair("await", "spawn-native"),
    operations: 200_000,
    what: "`await empty()` in a task, of a function of the program / the same",
  },
  {
    ...pair("timeout", "race-native"),
    limit: 0.15,
    operations: 1_000_000,
    what: "timeout(yieldNow(), s(10)) / Promise.race with a promise around setTimeout, and clearTimeout, as programs write it",
  },
  {
    ...pair("timeout"),
    id: "core-timeout-lean",
    operations: 1_000_000,
    what: "the same / without a race: a promise around setTimeout, `await undefined`, clearTimeout",
  },
  {
    ...pair("clock-native", "race-native"),
    id: "core-clock",
    isPlain: true,
    operations: 1_000_000,
    what: "the engine's own limit for a timer: a call of performance.now() / as for core-timeout",
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

/** The program against a counterpart that does the same, and has the limit, and against the leanest. */
function both(name: string, limit: number | undefined, operations: number, what: string): Pair[] {
  const limited = limit === undefined ? {} : { limit };
  return [
    { ...pair(name, `${name}-stoppable`), ...limited, operations, what: `${what}, ${STOPPABLE}` },
    { ...pair(name), id: `core-${name}-lean`, operations, what: `${what}, ${LEAN}` },
  ];
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
