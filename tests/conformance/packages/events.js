/** Events, and the promise of the next one. */
export class Emitter {
  listeners = {};

  on(name, listener) {
    (this.listeners[name] ??= []).push(listener);
    return () => {
      this.listeners[name] = this.listeners[name].filter((each) => each !== listener);
    };
  }

  emit(name, ...values) {
    for (const listener of [...(this.listeners[name] ?? [])]) listener(...values);
  }
}

export function once(emitter, name, { filter = () => true } = {}) {
  return new Promise((resolve, reject) => {
    const stops = [
      emitter.on(name, (...values) => {
        if (!filter(...values)) return;
        for (const stop of stops) stop();
        resolve(values);
      }),
      emitter.on("error", (error) => {
        for (const stop of stops) stop();
        reject(error);
      }),
    ];
  });
}

/** The events as they come, for `for await`. */
export async function* on(emitter, name) {
  const queue = [];
  let wake = null;
  const stop = emitter.on(name, (value) => {
    queue.push(value);
    wake?.();
  });
  try {
    for (;;) {
      while (queue.length > 0) yield queue.shift();
      await new Promise((resolve) => (wake = resolve));
    }
  } finally {
    stop();
  }
}
