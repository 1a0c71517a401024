/** Runs a program on two executors that hand its tasks to each other; it is bundled with the program. */
import { Executor, handOver, makeSharedMemory, takeOver, type Instant, type TaskId } from "dormouse";
import { AWAY, READY, WAITING } from "../../core/state.js";
import { random } from "../../targets/sim/random.js";

interface Counts {
  moves: number;
  stays: number;
}

interface Played extends Counts {
  readonly lines: readonly string[];
}

/** Turns at one time of the clock; more than any program wants. */
const MOST_TURNS = 5000;

/** Plays `main` for `duration` ms of a virtual clock. */
export function play(main: (board: unknown) => void, seed: number, duration: number): Played {
  const next = random(seed);
  const lines: string[] = [];
  let now = 0;
  const platform = { now: () => now as Instant, setAlarm: () => undefined, pend: () => undefined };
  const one = new Executor(platform);
  const other = new Executor(platform, { memory: makeSharedMemory(one.memory_!.buffer) });
  const both = [one, other] as const;
  const counts = { moves: 0, stays: 0 };
  cancelWherever(both);
  one.enter(() => {
    main({ console: { write: (text: string) => lines.push(text) } });
  });
  let idle = 0;
  while (now < duration) {
    if (idle++ > MOST_TURNS) throw new Error(`tasks are ready at ${now}, and none goes on`);
    const isReady = both.map((each) => each.turn()).includes(true);
    move(one, other, false, next, counts);
    move(other, one, true, next, counts);
    if (isReady || both.some((each) => each.arena.strands.some(({ life_: life }) => life === READY)))
      continue;
    const deadlines = both
      .filter((each) => !each.timers.isEmpty)
      .map((each) => each.timers.deadline as number);
    if (deadlines.length === 0) break;
    idle = 0;
    now = Math.min(...deadlines);
  }
  return { lines, ...counts };
}

/** Who cancels others does so after their turn, as on one executor: it has the last slot, and stays with the last one. */
const LAST = "canceller";

/** Hands half of the tasks over. */
function move(from: Executor, to: Executor, isLast: boolean, next: () => number, counts: Counts): void {
  for (const [slot, { life_: life }] of from.arena.strands.entries()) {
    if (life !== READY && life !== WAITING) continue;
    const stays = from.arena.kindOf(slot).name === LAST ? isLast : next() < 0.5;
    if (stays) continue;
    const id = from.arena.idOf(slot);
    if (handOver(from, id)) {
      takeOver(to, id);
      counts.moves++;
    } else counts.stays++;
  }
}

/** A cancel finds the task where it is, whoever asks for it. */
function cancelWherever(both: readonly Executor[]): void {
  const holds = ({ arena }: Executor, id: TaskId): boolean =>
    arena.slotOf(id) >= 0 && arena.strandOf(arena.slotOf(id)).life_ !== AWAY;
  for (const each of both) {
    each.cancel = (id) => {
      const holder = both.find((executor) => holds(executor, id));
      if (holder !== undefined) Executor.prototype.cancel.call(holder, id);
    };
  }
}
