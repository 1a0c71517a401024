/** A program over all of the packages here: what it writes is the same on each engine. */
import { Cache } from "small-cache";
import { Emitter, on, once } from "small-events";
import * as iterators from "small-iterators";
import createQueue from "small-queue";
import { delay, retry, settled, withTimeout } from "small-retry";

let write = () => {};
const log = (...values) => write(values.join(" "));

async function queues() {
  let idle = 0;
  const queue = createQueue({ concurrency: 2, onIdle: async () => void idle++ });
  const job = (name, ms) => async () => {
    log("start", name);
    await delay(ms);
    if (name === "bad") throw new Error("bad job");
    log("end", name);
    return name.toUpperCase();
  };
  const first = queue.add(job("a", 4));
  const second = queue.add(job("bad", 20));
  const late = queue.add(job("late", 2));
  const urgent = queue.add(job("urgent", 40), { priority: 5 });
  log("waiting", queue.size);
  log(await settled([first, second, late, urgent]));
  log(await queue.addAll([job("x", 2), job("y", 30)]), "idle", idle);
}

async function retries() {
  const result = await retry(
    async (number, { extra, errors }) => {
      if (number < 3) throw new Error(`try ${number}`);
      return `${extra} after ${errors.map((error) => error.message)}`;
    },
    { extra: "good" },
  );
  log(result);
  const fatal = await retry(() => Promise.reject(new Error("no")), {
    isFatal: (error) => error.message === "no",
  }).catch(({ message, attempts }) => `${message} ${attempts}`);
  log(fatal);
  log(await withTimeout(delay(2, "in time"), 60));
  log(await withTimeout(delay(80, "late"), 5).then(null, (error) => `${error.message} ${error.isTimeout}`));
}

async function events() {
  const emitter = new Emitter();
  setTimeout(async () => {
    emitter.emit("press", 1);
    await null;
    emitter.emit("press", 2, "twice");
  }, 2);
  log(await once(emitter, "press", { filter: (count) => count > 1 }));
  const waiting = once(emitter, "never").catch((error) => error.message);
  emitter.emit("error", new Error("closed"));
  log(await waiting);
  setTimeout(() => [5, 6, 7].forEach((value) => emitter.emit("data", value)), 2);
  let sum = 0;
  for await (const value of on(emitter, "data")) {
    sum += value;
    if (value === 6) break;
  }
  log("sum", sum, "listeners", emitter.listeners.data.length);
}

async function caches() {
  const loads = [];
  const cache = new Cache(async (key) => {
    loads.push(key);
    await delay(1);
    if (key === "bad") throw new Error("not found");
    return key + key;
  });
  log(await Promise.all([cache.get("a"), cache.get("a"), cache.get("b")]), loads);
  await cache.get("c");
  log(cache.keys);
  try {
    await cache.get("bad");
  } catch (error) {
    log(error.message, cache.keys);
  } finally {
    log(await cache.get("a"), loads);
  }
}

async function iterations() {
  const { batches, concat, count, filter, map, range, reduce, take, ticks, toArray } = iterators;
  log(await toArray(take(count(5, 2), 3)));
  const even = filter(
    map(range(0, 9), async (x) => x * 3),
    async (x) => x % 2 === 0,
  );
  log(await toArray(even));
  for await (const batch of batches(concat([1, 2], range(3, 6)), 2)) log("batch", batch);
  log(await toArray(ticks(2, 1)));
  log(await reduce([delay(3, 1), 2, delay(1, 3)], (sum, x) => sum + x, 0));
  const counter = count();
  const [a, b] = counter;
  log(a, b, counter.next().done, [...range(0, 3)], Math.max(...range(4, 7)));
  const steps = count();
  for (const number of steps) {
    if (number === 2) continue;
    if (number > 3) break;
    log("step", number);
  }
  log(JSON.stringify(steps.return(7)));
}

async function order() {
  const marks = [];
  const mark = (name) => () => void marks.push(name);
  const thenable = { then: (resolve) => resolve(mark("thenable")()) };
  const inner = async () => {
    await null;
    mark("inner")();
  };
  Promise.resolve().then(mark("1")).then(mark("2")).then(mark("3")).then(mark("4"));
  (async () => {
    await thenable;
    mark("a")();
    await inner();
    mark("b")();
    return (async () => mark("c")())();
  })().then(mark("d"));
  await delay(2);
  log(marks);
}

export default function main(board) {
  write = (text) => board.console.write(text);
  const parts = { queues, retries, events, caches, iterations, order };
  (async () => {
    for (const [name, part] of Object.entries(parts)) {
      log(`${name}:`);
      await part();
    }
  })().then(
    () => log("finished"),
    (error) => log("failed", error.message),
  );
}
