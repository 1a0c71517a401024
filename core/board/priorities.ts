/** Whose turn it is in device builds with priorities: the rule of policies/priorities.ts, over bits of one word. */
import { AGING } from "../policies/policy.js";
import type { Strand } from "./strand.js";

const strands: Strand[] = [];

/** By level: the bits of its tasks, those behind its last turn, and turns of higher levels since. */
const tasks = [0, 0, 0, 0, 0, 0, 0, 0];
const turns = [-1, -1, -1, -1, -1, -1, -1, -1];
const ages = [0, 0, 0, 0, 0, 0, 0, 0];

/** Puts a task at `level`. */
export function rank(strand: Strand, level: number): void {
  strands.push(strand);
  tasks[level]! |= strand.bit_;
}

/** The task whose turn it is, among the bits of `ready`. */
export function urgent(ready: number): Strand {
  let level = tasks.length - 1;
  while (!(ready & tasks[level]!)) level--;
  for (let lower = level - 1; lower >= 0; lower--) {
    if (ready & tasks[lower]! && ++ages[lower]! >= AGING) {
      level = lower;
      break;
    }
  }
  ages[level] = 0;
  const bits = ready & tasks[level]!;
  const bit = lowest(bits & turns[level]!) || lowest(bits);
  turns[level] = -2 * bit;
  let i = 0;
  while (strands[i]!.bit_ !== bit) i++;
  return strands[i]!;
}

function lowest(bits: number): number {
  return bits & -bits;
}
