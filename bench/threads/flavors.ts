/** The four flavours at the same work: CPU of the thread that had most of it, beside one thread alone. */
import type { FlavorRounds, Work } from "../drivers/flavors.js";
import { nodeDriver, nodeModule, programPath } from "../measure/builds.js";
import { runDriver } from "../measure/child.js";
import { median } from "../measure/statistics.js";
import type { Results } from "../results.js";
import type { Found, Group } from "../rows.js";

const FLAVORS = ["workStealing", "globalQueue", "threadPerCore", "currentThread"] as const;
type Name = (typeof FLAVORS)[number];

/** What each is, for people. */
const WORKS: Readonly<Record<Work, string>> = {
  uniform: "400 tasks of 20 turns",
  skewed: "the same, and every 100th has 2000 turns",
  waiting: "400 tasks of 20 short sleeps",
  forkJoin: "fib(33) cut at 20, begun on one worker",
};

/** Where the figure of a flavour at a work stands. */
function flavorRow(work: string, flavor: string): string {
  return `threads-flavor-${work}-${flavor}`;
}

const WRAPPER = `export * from ${JSON.stringify(programPath("flavors"))};
  export { threads } from "dormouse/node";`;

const names = Object.keys(WORKS) as Work[];

export const flavors: Group = {
  title: "flavours",
  missing: () => (process.platform === "linux" ? undefined : "times of threads are read from Linux's /proc"),
  rows: names.flatMap((work) =>
    FLAVORS.map((flavor) => ({ id: flavorRow(work, flavor), engine: "v8", unit: "busiest / one thread" })),
  ),

  async measure(say) {
    say("four flavours, four kinds of work");
    const program = await nodeModule("flavors", WRAPPER, "shared");
    const rounds = await runDriver<FlavorRounds>(await nodeDriver("flavors"), [program]);
    return Object.fromEntries(
      names.flatMap((work) =>
        FLAVORS.map((flavor) => [flavorRow(work, flavor), found(rounds, work, flavor)] as const),
      ),
    );
  },
};

/** The figures as a table in Markdown, and what they were measured on. */
export function flavorTable({ rows, measured, machine, versions }: Results): string {
  const figure = (work: Work, flavor: Name): string =>
    rows.find(({ id }) => id === flavorRow(work, flavor))?.value?.toFixed(2) ?? "-";
  return [
    `| | ${FLAVORS.map((flavor) => `\`${flavor}\``).join(" | ")} |`,
    `| --- |${FLAVORS.map(() => " ---: |").join("")}`,
    ...names.map(
      (work) =>
        `| ${TITLES[work]}: ${WORKS[work]} | ${FLAVORS.map((each) => figure(work, each)).join(" | ")} |`,
    ),
    "",
    `Measured ${measured} on ${machine}; dormouse ${versions["dormouse"] ?? ""}, node ${versions["node"] ?? ""}.`,
    "",
  ].join("\n");
}

const TITLES: Readonly<Record<Work, string>> = {
  uniform: "uniform",
  skewed: "skewed",
  waiting: "I/O-like",
  forkJoin: "fork and join",
};

function found(rounds: FlavorRounds, work: Work, flavor: Name): Found {
  const alone = rounds[work].currentThread;
  const own = rounds[work][flavor];
  const ratio = (pick: (round: (typeof own)[number]) => number): number =>
    median(own.map((each, i) => pick(each) / (alone[i] === undefined ? NaN : pick(alone[i]))));
  const note = `${WORKS[work]}, 2 workers; CPU of all ${ratio(({ all }) => all).toFixed(2)}, time ${ratio(({ passed }) => passed).toFixed(2)}`;
  return { value: ratio(({ busiest }) => busiest), note };
}
