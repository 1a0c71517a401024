/** Jobs that run others: by what the worker's own copy of the library has set, as any copy of it finds it. */
const currentJob = () => globalThis[Symbol.for("dormouse.job")]();
const module = import.meta.url;

export async function fib(n) {
  if (n < 2) return n;
  const job = currentJob();
  const parts = [n - 1, n - 2].map((each) => job.run({ module, export: "fib" }, [each]));
  const [one, other] = await Promise.all(parts);
  return one + other;
}

export async function asksInVain() {
  const fails = (x) => {
    throw new RangeError(`no ${x}`);
  };
  return currentJob().run(fails, [3]).catch(String);
}

export async function asksForLong() {
  return currentJob().run({ module, export: "long" }, []);
}

export function long() {
  const job = currentJob();
  return new Promise((resolve) => setTimeout(resolve, 20_000, job));
}
