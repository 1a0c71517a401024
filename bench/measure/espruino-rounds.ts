/** What a switch of several programs costs on Espruino: in instructions, or in time where there is no valgrind. */
import { runEspruino } from "../../cli/engines/espruino.js";
import { countInstructions } from "./callgrind.js";
import { median, slope } from "./statistics.js";

type Say = (doing: string) => void;

/** One cost for each program, all in the unit that `method` names. */
export type Costs<Name extends string> = Readonly<Record<Name, number>> & { readonly method: string };

const SHORT = 200;
const LONG = 1000;
const TIMED = 4000;
const ROUNDS = 5;
const END = /^end /;

/** Counts the instructions of a switch with callgrind. */
export async function instructionsEach<Name extends string>(
  binary: string,
  valgrind: string,
  scripts: Readonly<Record<Name, string>>,
  say: Say,
): Promise<Costs<Name>> {
  const costs = await mapped(scripts, async (script, name) => {
    const count = (switches: number): Promise<number> =>
      countInstructions(valgrind, binary, async (program) => {
        await play(program, script, switches, true);
      });
    say(`instructions of ${name}`);
    return slope(await count(SHORT), await count(LONG), LONG - SHORT);
  });
  const method = `instructions by callgrind, runs of ${SHORT} and ${LONG} switches differenced`;
  return { ...costs, method };
}

/** Times rounds of all programs by turns. */
export async function timeEach<Name extends string>(
  binary: string,
  scripts: Readonly<Record<Name, string>>,
  say: Say,
): Promise<Costs<Name>> {
  const times = await mapped<Name, number[]>(scripts, async () => []);
  for (let i = 0; i < ROUNDS; i++) {
    say(`time, round ${i + 1} of ${ROUNDS}`);
    await mapped(scripts, async (script, name) =>
      times[name].push((await play(binary, script, TIMED, false)) / TIMED),
    );
  }
  const costs = await mapped(times, async (each) => median(each) * 1e6);
  return { ...costs, method: `no valgrind: ns by the clock, medians of ${ROUNDS} runs by turns` };
}

/** Runs a program for one round; the seconds it took. The engine ends by itself, or at the end of the round. */
async function play(binary: string, script: string, switches: number, toExit: boolean): Promise<number> {
  const end = `var start=getTime();var round={switches:${switches},end:function(){print("end "+(getTime()-start));}};`;
  const until = toExit ? /^(?!)/ : END;
  const run = await runEspruino(binary, end + script, { until, timeoutMs: 60_000 });
  const line = run.lines.find((each) => END.test(each));
  if (line === undefined) throw new Error(`the program did not end: ${run.uncaught[0] ?? run.ended}`);
  return Number(line.slice(4));
}

async function mapped<Name extends string, T>(
  items: Readonly<Record<Name, unknown>>,
  map: (item: never, name: Name) => Promise<T>,
): Promise<Record<Name, T>> {
  const result = {} as Record<Name, T>;
  for (const name of Object.keys(items) as Name[]) result[name] = await map(items[name] as never, name);
  return result;
}
