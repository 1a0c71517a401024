import {
  TIMED_OUT,
  after,
  all,
  any,
  deadline,
  fairSelect,
  ms,
  now,
  race,
  select,
  sleep,
  sleepUntil,
  spawn,
  task,
  timeout,
} from "dormouse";

async function slow(x: number): Promise<number> {
  await sleep(ms(x));
  return x;
}

/** All of this may move. */
export const fine = task(
  async function fine(limit: number) {
    const end = after(now(), ms(limit));
    await sleepUntil(end);
    const first = await race({ one: slow(1), two: slow(2) });
    const { one, two } = await all({ one: slow(first), two: slow(2) });
    const some = await any({ one: slow(one), two: slow(two) });
    const last = await deadline(slow(some), after(end, ms(5)));
    return last === TIMED_OUT ? 0 : last;
  },
  { shared: true },
);

export const pinned = task(
  async function pinned(isFast: boolean) {
    const { arm } = await fairSelect({ one: slow(1), two: sleep(ms(1)) });
    const length = arm.length;
    await select({ chosen: isFast ? slow(1) : slow(2), last: sleep(ms(9)) });
    await timeout(select({ one: slow(length), two: sleep(ms(2)) }), ms(5));
  },
  { shared: true },
);

export default function main(): void {
  spawn(fine, 3);
  spawn(pinned, true);
}
