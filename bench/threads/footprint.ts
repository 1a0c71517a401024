/** What our worker threads take beyond bare ones: memory, and time to start. */
import type { Group } from "../rows.js";
import { byTurns } from "./measure.js";

const ROUNDS = 7;

export const footprint: Group = {
  title: "workers at rest",
  rows: [
    { id: "threads-memory", engine: "v8", unit: "MB a worker", limit: 2 },
    { id: "threads-start", engine: "v8", unit: "x bare Workers", limit: 1.3 },
  ],

  async measure(say) {
    say("memory");
    const memory = await byTurns("memory", ROUNDS);
    say("start");
    const start = await byTurns("start", ROUNDS);
    const text = ({ ours, raw }: { ours: number; raw: number }): string =>
      `${ours.toFixed(0)} / ${raw.toFixed(0)}`;
    const medians = `medians of ${ROUNDS} processes by turns`;
    return {
      "threads-memory": {
        value: (memory.ours - memory.raw) / 2,
        note: `above a bare Worker; process with 2 workers, ${medians}, ${text(memory)} MB`,
      },
      "threads-start": {
        value: start.ours / start.raw,
        note: `CPU until 2 workers have answered; ${medians}, ${text(start)} ms`,
      },
    };
  },
};
