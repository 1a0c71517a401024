/**
 * Actors that play a script: steps that wait, wake, race, cancel and throw. What they do is in the log, so that two
 * executors did the same when their logs are equal. `tests/model/executors.test.ts` writes the scripts.
 */
import {
  all,
  any,
  Channel,
  cancel,
  fairSelect,
  ms,
  race as raced,
  select,
  Signal,
  sleep,
  spawn,
  task,
  timeout,
  TIMED_OUT,
  yieldNow,
} from "dormouse";
import type { TaskId, Ticks } from "dormouse";
import type { Board, Console } from "dormouse/hal";

/** What to do, with up to three numbers: channels, signals, milliseconds. */
export type Step = readonly [what: string, a: number, b: number, c: number];

/** A step, and for those that have parts the steps of those. */
export interface Scene {
  readonly step: Step;
  readonly left: readonly Step[];
  readonly right: readonly Step[];
  /** What the left part does in its `finally`. */
  readonly cleanup: readonly Step[];
}

export interface Script {
  /** Of the channels. */
  readonly capacities: readonly number[];
  readonly actors: readonly (readonly Scene[])[];
}

declare const script: Script;

/** Actors that actors may start: enough to use slots again, and an end to it. */
const MOST_SPAWNS = 4;

const channels: Channel<number>[] = [];
const signals = [new Signal<number>(), new Signal<number>()];
const ids: TaskId[] = [];
let items = 0;
let spawns = 0;

/** The next item, which is on its way from now on. */
function next(out: Console, me: string): number {
  out.write(`${me} sends ${++items}`);
  return items;
}

function received(out: Console, me: string, item: unknown): void {
  out.write(`${me} received ${String(item)}`);
}

async function wait(out: Console, me: string, [what, a, b, c]: Step): Promise<void> {
  const [first, second] = [channels[a]!, channels[b]!];
  if (what === "sleep") await sleep(ms(c));
  else if (what === "yield") await yieldNow();
  else if (what === "listen") out.write(`${me} heard ${await signals[a]!.wait()}`);
  else if (what === "receive") received(out, me, await first.receive());
  else if (what === "limit") {
    const item = await timeout(first.receive(), ms(c));
    if (item !== TIMED_OUT) received(out, me, item);
  } else if (what === "choose") {
    const { arm, value } = await select({
      item: first.receive(),
      word: signals[b]!.wait(),
      end: sleep(ms(c)),
    });
    if (arm === "item") received(out, me, value);
    else out.write(`${me} chose ${arm} ${String(value)}`);
  } else if (what === "either") {
    const { arm, value } = await select({
      word: signals[c % 2]!.wait(),
      one: first.receive(),
      two: second.receive(),
    });
    if (arm === "word") out.write(`${me} heard ${value}`);
    else received(out, me, value);
  } else if (what === "turn") {
    const { arm, value } = await fairSelect({
      one: first.receive(),
      two: second.receive(),
      end: sleep(ms(c)),
    });
    if (arm === "end") out.write(`${me} had no turn`);
    else received(out, me, value);
  } else if (what === "first") {
    const value = await raced({ one: first.receive(), two: second.receive(), end: sleep(ms(c)) });
    if (value !== undefined) received(out, me, value);
  } else if (what === "tick") await tick(out, me, first, c);
  else if (what === "spin") for (let i = 0; i < 20; i++) await yieldNow();
  else if (what === "broken") await select({ item: first.receive(), end: sleep(broken(me)) });
}

function broken(me: string): Ticks {
  throw new Error(`${me} has no arm`);
}

/** A future with a name, which goes on when it loses. */
async function tick(out: Console, me: string, channel: Channel<number>, delay: number): Promise<void> {
  const end = sleep(ms(delay));
  for (let i = 0; i < 3; i++) {
    const { arm, value } = await select({ item: channel.receive(), end, pause: sleep(ms(2)) });
    if (arm === "item") received(out, me, value);
    else out.write(`${me} ${arm}`);
  }
}

async function send(out: Console, me: string, [what, a, b, c]: Step): Promise<void> {
  const [first, second] = [channels[a]!, channels[b]!];
  const item = next(out, me);
  if (what === "send") out.write(`${me} sent ${item} ${await first.send(item)}`);
  else if (what === "trySend") out.write(`${me} sent ${item} ${first.trySend(item)}`);
  else if (what === "offer") {
    const { arm, value } = await select({ sent: first.send(item), end: sleep(ms(c)) });
    out.write(`${me} sent ${item} ${arm === "sent" && value}`);
  } else if (what === "trade") {
    const { arm, value } = await select({ got: first.receive(), sent: second.send(item) });
    out.write(`${me} sent ${item} ${arm === "sent" && value}`);
    if (arm === "got") received(out, me, value);
  }
}

function act(out: Console, me: string, [what, a, b]: Step): void {
  if (what === "set") signals[a]!.set(++items);
  else if (what === "close") channels[a]!.close();
  else if (what === "cancel") cancel(ids[(a * 2 + b) % ids.length]!);
  else if (what === "throw") throw new Error(`${me} threw`);
  else if (what === "spawn" && ++spawns <= MOST_SPAWNS) {
    const k = (a * 2 + b) % script.actors.length;
    try {
      ids.push(spawn(actor, out, k, `${k}'`));
    } catch (error) {
      out.write(`${me} spawns not: ${(error as { code: string }).code}`);
    }
  }
}

async function plain(out: Console, me: string, step: Step): Promise<void> {
  if (/^(send|trySend|offer|trade)$/.test(step[0])) await send(out, me, step);
  else if (/^(set|close|cancel|throw|spawn)$/.test(step[0])) act(out, me, step);
  else await wait(out, me, step);
  out.write(`${me} ${step[0]}`);
}

/** Plays `steps`, and `cleanup` whichever way it is left. */
async function part(
  out: Console,
  me: string,
  steps: readonly Step[],
  cleanup: readonly Step[],
): Promise<string> {
  try {
    for (const step of steps) await plain(out, me, step);
    return me;
  } finally {
    out.write(`${me} cleans`);
    for (const step of cleanup) await plain(out, `${me}-`, step);
    out.write(`${me} clean`);
  }
}

/** Plays it again when it throws, be it because its cleanup threw while it was cancelled. */
async function stubborn(
  out: Console,
  me: string,
  steps: readonly Step[],
  cleanup: readonly Step[],
): Promise<string> {
  for (let i = 0; i < 3; i++) {
    try {
      return await part(out, me, steps, cleanup);
    } catch (error) {
      out.write(`${me} caught ${String(error)}`);
    }
  }
  return "gave up";
}

async function race(out: Console, me: string, { step, left, right, cleanup }: Scene): Promise<string> {
  const { arm, value } = await select({
    left: part(out, `${me}l`, left, cleanup),
    right: stubborn(out, `${me}r`, right, cleanup),
    end: sleep(ms(step[3])),
  });
  return `${arm} ${String(value)}`;
}

/** All of several, and what one of them throws when it does. */
async function gather(out: Console, me: string, { step, left, right, cleanup }: Scene): Promise<string> {
  const { part: value, item } = await all({
    part: part(out, `${me}l`, left, cleanup),
    other: stubborn(out, `${me}r`, right, []),
    item: channels[step[1]]!.receive(),
  });
  received(out, me, item);
  return value;
}

/** The first that does not throw. */
async function choose(out: Console, me: string, { step, left, right, cleanup }: Scene): Promise<string> {
  try {
    return await any({
      left: part(out, `${me}l`, left, cleanup),
      right: part(out, `${me}r`, right, cleanup),
      late: late(me, step[3]),
    });
  } catch (error) {
    return `${me} all failed: ${(error as { code: string }).code}`;
  }
}

async function late(me: string, delay: number): Promise<never> {
  await sleep(ms(delay));
  throw new Error(`${me} is late`);
}

async function play(out: Console, me: string, scene: Scene): Promise<void> {
  const { step, left, cleanup } = scene;
  const [what, a, b, c] = step;
  if (what === "part") out.write(await part(out, me, left, cleanup));
  else if (what === "race") out.write(await race(out, me, scene));
  else if (what === "limited") out.write(String(await timeout(part(out, `${me}t`, left, cleanup), ms(c))));
  else if (what === "nested") out.write(String(await timeout(race(out, `${me}n`, scene), ms(a + b))));
  else if (what === "gather") out.write(await gather(out, me, scene));
  else if (what === "any") out.write(await choose(out, me, scene));
  else if (what === "limitedAll")
    out.write(String(await timeout(gather(out, `${me}g`, scene), ms(a + 2 * b))));
  else if (what === "mixed") {
    const { arm, value } = await select({
      item: channels[a]!.receive(),
      part: part(out, `${me}m`, left, cleanup),
      word: signals[b]!.wait(),
    });
    if (arm === "item") received(out, me, value);
    else out.write(`${me} ${arm} ${String(value)}`);
  } else if (what === "caught") {
    try {
      out.write(await race(out, me, scene));
    } catch (error) {
      out.write(`${me} caught ${String(error)}`);
      await sleep(ms(1));
    } finally {
      await yieldNow();
      out.write(`${me} caught`);
    }
  } else await plain(out, me, step);
}

const actor = task(
  async function actor(out: Console, k: number, me: string) {
    for (const scene of script.actors[k]!) await play(out, me, scene);
    out.write(`${me} is over`);
  },
  { pool: 5 },
);

/** Ends the actors, and takes out what is left. Nobody is there then to whom an item could still be promised. */
const auditor = task(async function auditor(out: Console) {
  await sleep(ms(50));
  out.write("audit");
  spawns = MOST_SPAWNS;
  for (const id of ids) cancel(id);
  for (let round = 0; round < 4; round++) {
    await sleep(ms(50));
    for (const channel of channels) {
      for (;;) {
        const item = await timeout(channel.receive(), ms(1));
        if (typeof item !== "number") break;
        received(out, "auditor", item);
      }
    }
  }
  for (const channel of channels) out.write(`left ${channel.length}`);
});

export default function main(board: Board): void {
  const out = board.console;
  channels.length = ids.length = items = spawns = 0;
  for (const capacity of script.capacities) channels.push(new Channel<number>(capacity));
  for (let i = 0; i < signals.length; i++) signals[i] = new Signal<number>();
  for (let k = 0; k < script.actors.length; k++) ids.push(spawn(actor, out, k, String(k)));
  spawn(auditor, out);
}
