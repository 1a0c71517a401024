/** What the runtime of the peers asks of an engine: builds put espruino.ts or moddable.ts in the place of this. */

/** Calls `run` in the engine's next turn. */
export declare function later(run: () => void): void;

/** Calls `wake` with `task` when `delay` ms are over. */
export declare function after(
  wake: (task: never, value: undefined) => void,
  delay: number,
  task: unknown,
): void;
