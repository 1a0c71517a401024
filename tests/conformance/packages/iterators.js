/** Async iterators, made, changed and put together. */
export async function* map(items, change) {
  let at = 0;
  for await (const item of items) yield await change(item, at++);
}

export async function* filter(items, test) {
  for await (const item of items) if (await test(item)) yield item;
}

export async function* take(items, count) {
  if (count <= 0) return;
  for await (const item of items) {
    yield item;
    if (--count === 0) return;
  }
}

export async function* concat(...sources) {
  for (const source of sources) yield* source;
}

export async function* batches(items, size) {
  let batch = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

export async function reduce(items, step, value) {
  for await (const item of items) value = await step(value, item);
  return value;
}

export const toArray = (items) => reduce(items, (list, item) => [...list, item], []);

/** Numbers without an end, and what comes after them. */
export function* count(from = 0, by = 1) {
  for (let number = from; ; number += by) {
    const restart = yield number;
    if (restart !== undefined) number = restart - by;
  }
}

export const range = (from, to) => ({
  *[Symbol.iterator]() {
    for (let i = from; i < to; i++) yield i;
  },
});

export const ticks = (times, ms) => ({
  async *[Symbol.asyncIterator]() {
    for (let i = 0; i < times; i++) {
      await new Promise((resolve) => setTimeout(resolve, ms));
      yield `tick ${i}`;
    }
  },
});
