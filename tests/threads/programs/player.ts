/**
 * One thread that plays tasks in turn with others: it takes over those that nobody has, polls each that is ready once,
 * and hands over all that can go. Whose turn it is stands in one word, by which Atomics order everything else.
 */
import { Executor, handOver, makeSharedMemory, takeOver } from "dormouse";
import type { Instant, TaskId, TaskKind } from "dormouse";

/** Words of the board that all players see: some for all, then some for each task. */
const TURN = 0;
const NOW = 1;
const LEFT = 2;
export const MOVES = 3;
export const STAYS = 4;
const HEADER = 5;
const ID = 0;
const PLACE = 1;
const OUTCOME = 2;
const PER_TASK = 3;

/** Places besides the numbers of players. */
const IN_TRANSIT = -1;
const OVER = -2;

/** The turn at which those tasks are cancelled that never end. */
const CANCEL_AT = 60;

export interface Game {
  readonly words: Int32Array;
  readonly results: Float64Array;
  readonly memory: ArrayBufferLike | undefined;
  readonly players: number;
}

/** What a player starts: kinds, and how many tasks of each. */
export interface Start {
  readonly kinds: readonly TaskKind<[number], unknown>[];
  readonly each: number;
}

export function makeGame(tasks: number, players: number, memory: ArrayBufferLike | undefined): Game {
  const words = new Int32Array(new SharedArrayBuffer(4 * (HEADER + PER_TASK * tasks)));
  words[LEFT] = tasks;
  return { words, results: new Float64Array(new SharedArrayBuffer(8 * tasks)), memory, players };
}

/** How task `task` ended: 5 returned, 6 threw, 7 was cancelled. */
export function outcomeOf({ words }: Game, task: number): number {
  return words[HEADER + PER_TASK * task + OUTCOME]!;
}

/** Plays to the end as player `me`; player 0 starts the tasks. */
export function play(game: Game, me: number, start: Start): void {
  const { words, memory, players } = game;
  const now = (): Instant => words[NOW] as Instant;
  const platform = { now, setAlarm: () => undefined, pend: () => undefined };
  const executor = new Executor(platform, memory === undefined ? {} : { memory: makeSharedMemory(memory) });
  if (me === 0) spawnAll(game, executor, start);
  while (words[LEFT]! > 0) {
    const turn = Atomics.load(words, TURN);
    if (turn !== me) {
      Atomics.wait(words, TURN, turn);
      continue;
    }
    takeTurn(game, me, executor);
    Atomics.store(words, TURN, (me + 1) % players);
    Atomics.notify(words, TURN);
  }
}

function spawnAll({ words }: Game, executor: Executor, { kinds, each }: Start): void {
  for (let i = 0; i < kinds.length * each; i++) {
    const id = executor.spawn(kinds[i % kinds.length] as never, [1 + Math.floor(i / kinds.length)]);
    words[HEADER + PER_TASK * i + ID] = id;
  }
}

function takeTurn(game: Game, me: number, executor: Executor): void {
  const { words, results, players } = game;
  words[NOW]!++;
  eachTask(game, (at, id) => {
    if (words[at + PLACE] === IN_TRANSIT) {
      takeOver(executor, id);
      words[at + PLACE] = me;
      words[MOVES]!++;
    }
    const { name } = executor.arena.kindOf(id & 0xffff);
    if (words[at + PLACE] === me && isEndless(name) && words[NOW]! >= CANCEL_AT) executor.cancel(id);
  });
  executor.turn();
  eachTask(game, (at, id, task) => {
    if (words[at + PLACE] !== me) return;
    const strand = executor.arena.strandOf(executor.arena.slotOf(id));
    if (strand.frame_ === null) {
      words[at + OUTCOME] = strand.life_;
      results[task] = strand.value_ as number;
      words[at + PLACE] = OVER;
      words[LEFT]!--;
    } else if (players === 1) return;
    else if (handOver(executor, id)) words[at + PLACE] = IN_TRANSIT;
    else words[STAYS]!++;
  });
}

/** Whether tasks of that kind end by a cancel alone. */
function isEndless(name: string): boolean {
  return name === "endless" || name === "idle";
}

function eachTask({ words, results }: Game, visit: (at: number, id: TaskId, task: number) => void): void {
  for (let task = 0; task < results.length; task++) {
    const at = HEADER + PER_TASK * task;
    visit(at, words[at + ID] as TaskId, task);
  }
}
