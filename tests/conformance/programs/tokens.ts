import {
  CancelToken,
  Signal,
  cancel,
  currentTask,
  isCancelRequested,
  join,
  ms,
  select,
  settled,
  sleep,
  spawn,
  task,
  timeout,
  yieldNow,
} from "dormouse";
import type { Board, Console } from "dormouse/hal";

const items = new Signal<number>();

const worker = task(
  async function worker(name: string, token: CancelToken, out: Console) {
    while (!token.isCancelled) {
      const next = await select({ item: items.wait(), end: token.cancelled() });
      out.write(next.arm === "item" ? `${name} got ${next.value}` : `${name} is told`);
    }
    await token.cancelled();
    return name;
  },
  { pool: 3 },
);

async function arm(out: Console): Promise<void> {
  try {
    await sleep(ms(50));
  } finally {
    out.write(`arm ${isCancelRequested()}`);
  }
}

const selfish = task(async function selfish(out: Console) {
  out.write(`before ${isCancelRequested()}`);
  await timeout(arm(out), ms(2));
  out.write(`outside ${isCancelRequested()}`);
  cancel(currentTask());
  out.write(`after ${isCancelRequested()}`);
  try {
    await yieldNow();
  } finally {
    out.write(`cleanup ${isCancelRequested()}`);
  }
});

const boss = task(async function boss(out: Console) {
  const root = new CancelToken();
  const [left, right] = [root.child(), root.child()];
  const grandchild = left.child();
  const first = spawn(worker, "left", grandchild, out);
  const second = spawn(worker, "right", right, out);
  await sleep(ms(1));
  items.set(1);
  await sleep(ms(1));
  left.cancel();
  left.cancel();
  out.write(`${await join(first)} ${root.isCancelled} ${left.isCancelled} ${right.isCancelled}`);
  items.set(2);
  await sleep(ms(1));
  const third = root.child();
  third.release();
  root.cancel();
  out.write(`${await join(second)} ${third.isCancelled} ${root.child().isCancelled}`);
  out.write(String(await timeout(third.cancelled(), ms(5))));
  third.cancel();
  await third.cancelled();
  out.write(await settled(spawn(selfish, out)));
});

export default function main(board: Board): void {
  spawn(boss, board.console);
}
