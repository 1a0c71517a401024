/** Tries again after growing pauses, and gives up on some errors at once. */
export const delay = (ms, value) => new Promise((resolve) => setTimeout(() => resolve(value), ms));

class TimeoutError extends Error {
  constructor(message) {
    super(message);
    this.isTimeout = true;
  }
}

export async function retry(
  attempt,
  { tries = 3, pause = 2, factor = 2, isFatal = () => false, ...rest } = {},
) {
  const errors = [];
  for (let number = 1; ; number++, pause *= factor) {
    try {
      return await attempt(number, { ...rest, errors });
    } catch (error) {
      errors.push(error);
      if (number >= tries || isFatal(error)) throw Object.assign(error, { attempts: number });
    }
    await delay(pause);
  }
}

export async function withTimeout(promise, ms) {
  let timer;
  try {
    return await Promise.race([
      promise,
      new Promise((_, reject) => {
        timer = setTimeout(() => reject(new TimeoutError(`${ms} ms are over`)), ms);
      }),
    ]);
  } finally {
    clearTimeout(timer);
  }
}

export const settled = async (promises) =>
  (await Promise.allSettled(promises)).map(({ status, value, reason }) =>
    status === "fulfilled" ? `ok ${value}` : `failed ${reason?.message ?? reason}`,
  );
