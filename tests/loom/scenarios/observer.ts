/** A trace that is read while its thread goes on: each turn that is told is one that was, and they follow each other. */
import { traceWords } from "../../../targets/node/threads/tasks/counts.js";
import { Observer, THEN_OVER, readTrace } from "../../../targets/node/threads/tasks/observer.js";
import type { TaskTable } from "../../../targets/node/threads/tasks/table.js";
import type { Scenario } from "../explore.js";
import { inTurn } from "./in-turn.js";

const KEPT = 2;

/** Turn `i` is of slot `i`, and lasts from `i` to `i` microseconds. */
function play(name: string, before: number, meanwhile: number): Scenario {
  return {
    name: `observer: ${name}`,
    size: traceWords(KEPT),
    threads: (words) => {
      const table = { words, workers: 1, traces: [0], counts: [0] } as unknown as TaskTable;
      const turn = (i: number) => (): void => {
        loom.host = { ...loom.host!, now: () => i / 1000 };
        const observer = new Observer(table, 0, { measure: false, trace: KEPT }, null);
        Object.assign(observer, { began_: i });
        observer.ends(i, THEN_OVER);
      };
      for (let i = 0; i < before; i++) turn(i)();
      const reader = (): boolean => {
        const turns = readTrace(table, KEPT, String);
        turns.forEach(({ slot, begin, then }, i) => {
          if (then !== "over" || Math.round((begin - turns[0]!.begin) * 1000) !== slot - turns[0]!.slot)
            loom.fail(`slot ${slot} at ${begin}`);
          if (slot !== turns[0]!.slot + i) loom.fail(`slot ${slot} follows ${turns[0]!.slot}`);
        });
        loom.saw(`${turns.length} turns`);
        return true;
      };
      return [inTurn(Array.from({ length: meanwhile }, (_, i) => turn(before + i))), reader];
    },
    sees: ["2 turns"],
  };
}

export const scenarios: Scenario[] = [
  play("a trace that begins", 0, 3),
  play("a trace that is full", 5, 2),
  play("a thread that is faster than who reads", 2, 5),
];
