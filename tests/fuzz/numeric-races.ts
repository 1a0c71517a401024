/** Random races that give a number, of arms that keep numbers alone. */

/** What programs with such races call. `@` stands for the number of the program. */
export const RACES = `function T@(x: number | typeof TIMED_OUT): number { return x === TIMED_OUT ? -1 : x; }
async function paused@(x: number, pause: number): Promise<number> {
  try { await sleep(ms(pause)); return x; } finally { await yieldNow(); L(@, 0, "paused"); }
}
function soon@(pause: number): Instant { return after(now(), ms(pause)); }`;

/** `number` makes what arms are called with. */
export function numericRace(
  number: () => string,
  pick: <T>(from: readonly T[]) => T,
  callees: readonly string[],
): string {
  const span = (): string => `ms(${pick([0, 2, 4, 6])})`;
  const arm = (): string =>
    pick([
      () => `later@(${number()})`,
      () => `fails@(${number()})`,
      () => `paused@(${number()}, ${pick([0, 2, 2, 4, 6])})`,
      () => (callees.length === 0 ? `later@(${number()})` : `${pick(callees)}(${number()})`),
    ])();
  const arms = (more = ""): string =>
    pick([
      () => `{ one: ${arm()}${more} }`,
      () => `{ one: ${arm()}, two: ${arm()}${more} }`,
      () => `{ one: ${arm()}, two: ${arm()}, three: ${arm()}${more} }`,
    ])();
  return pick([
    () => `T@(await timeout(${arm()}, ${span()}))`,
    () => `T@(await deadline(${arm()}, soon@(${pick([0, 2, 4, 6])})))`,
    () => `(await select(${arms(`, last: sleep(${span()})`)})).arm.length`,
    () => `(await race(${arms()}))`,
    () => `(await any(${arms(`, last: later@(7)`)}))`,
    () => `(await all(${arms()})).one`,
    () => `(await sleepUntil(soon@(${pick([0, 2, 4])})), ${number()})`,
  ])();
}
