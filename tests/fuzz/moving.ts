/**
 * Random programs whose tasks move between two executors over one memory, at random: each task that can go on elsewhere
 * is handed over after one turn in two. Both are on this thread, so that objects are the same for both.
 */
import { join } from "node:path";
import { bundle } from "../../cli/build/bundle.js";
import { importModule } from "../../cli/build/sim.js";
import type { play } from "./mover.js";
import { DURATION, type Run } from "./engines.js";

/** How often tasks moved so far, and how often they were to and could not. */
export const counts = { moves: 0, stays: 0 };

/** The shared back end, whatever tasks keep; `seed` decides when they move. */
export const movingOnNode =
  (seed: number): Run =>
  async (file) => {
    const built = await bundle({
      entry: file,
      backend: "shared",
      plugin: { evenPinned: true },
      minify: false,
      wrapper: () => `import main from ${JSON.stringify(file)};
        import { play } from ${JSON.stringify(join(DORMOUSE_ROOT, "tests/fuzz/mover.ts"))};
        export { main, play };`,
      esbuild: { format: "esm", target: "es2022", platform: "neutral" },
    });
    const { main, play: start } = (await importModule(built.code, "fuzz-moving")) as unknown as {
      main: Parameters<typeof play>[0];
      play: typeof play;
    };
    const played = start(main, seed, DURATION);
    counts.moves += played.moves;
    counts.stays += played.stays;
    return played.lines;
  };
