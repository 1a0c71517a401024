import {
  cancel,
  faultCount,
  join,
  lastFault,
  ms,
  onUnhandledFault,
  restart,
  settled,
  sleep,
  spawn,
  stop,
  task,
  yieldNow,
} from "dormouse";
import type { Board, Console } from "dormouse/hal";

let tries = 0;

const flaky = task(
  async function flaky(good: number, out: Console) {
    tries++;
    out.write(`try ${tries}`);
    await sleep(ms(1));
    if (tries < good) throw new TypeError(`bad ${tries}`);
    return tries;
  },
  { onFault: { restarts: 3, backoff: ms(4), longest: ms(10) }, pool: 2 },
);

const quick = task(
  async function quick(out: Console) {
    tries++;
    out.write(`quick ${tries}`);
    if (tries < 3) throw new Error("quick");
  },
  { onFault: { restarts: 5 }, name: "fast" },
);

const counter = task(
  async function counter(from: number, out: Console) {
    try {
      for (let i = from; i < from + 3; i++) {
        out.write(`count ${i}`);
        await sleep(ms(5));
      }
      return from;
    } finally {
      await sleep(ms(1));
      out.write("counter cleaned");
    }
  },
  { restartable: true },
);

const broken = task(async function broken(value: unknown) {
  await yieldNow();
  throw value;
});

const last = task(
  async function last() {
    await sleep(ms(20));
    throw new Error("the end");
  },
  { onFault: "halt" },
);

/** Boards tell the code and the subject. */
function message(error: unknown): string {
  return String(error).split(":").slice(0, 2).join(":");
}

async function retries(good: number, out: Console): Promise<void> {
  tries = 0;
  try {
    out.write(`gave ${await join(spawn(flaky, good, out))}`);
  } catch (error) {
    out.write(`gave up: ${message(error)}`);
  }
}

const boss = task(async function boss(out: Console) {
  await retries(1, out);
  await retries(3, out);
  await retries(9, out);
  tries = 0;
  out.write(await settled(spawn(quick, out)));

  tries = 0;
  const cancelled = spawn(flaky, 9, out);
  await sleep(ms(3));
  out.write(await stop(cancelled));

  const counting = spawn(counter, 1, out);
  await sleep(ms(7));
  restart(counting);
  await sleep(ms(7));
  restart(counting, 10, out);
  out.write(`counted from ${await join(counting)}`);
  restart(counting);
  await sleep(ms(2));
  restart(counting);
  cancel(counting);
  out.write(await settled(counting));
  restart(counting, 20, out);
  out.write(`counted from ${await join(counting)}`);
  try {
    restart(spawn(broken, 1));
  } catch (error) {
    out.write(message(error));
  }

  await sleep(ms(1));
  out.write(`${faultCount()} faults`);
  onUnhandledFault((task, error) => {
    out.write(`unhandled: ${task} ${String(error)}`);
  });
  for (const value of ["text", null, new Error("error")]) out.write(await settled(spawn(broken, value)));
  for (let back = 0; back < 9; back++) {
    const fault = lastFault(back);
    out.write(fault === undefined ? "no more" : `${fault.task} ${fault.code}`);
  }
  onUnhandledFault(() => {
    throw new Error("in the hook");
  });
  await settled(spawn(broken, 2));
  onUnhandledFault(null);
  spawn(last);
  for (;;) {
    await sleep(ms(6));
    out.write("boss lives");
  }
});

export default function main(board: Board): void {
  spawn(boss, board.console);
}
