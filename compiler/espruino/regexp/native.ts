/**
 * What Espruino's own engine matches as JavaScript does; all the rest goes to our matcher.
 *
 * It gives back nothing of what a repeat has taken in (or too much), takes the end of the text for a character that a
 * negated set may hold, never tries an empty match at the end, and cannot repeat or choose between groups. So: no
 * repeat is followed by what it could take itself, a negated set stands only under `*`, and something must be matched.
 */
import type { Group, Parsed, Step } from "./parse.js";

type Run = readonly [string, number, number, number];

/** What it knows to escape, in a class and outside. */
const UNKNOWN = /\\[bBxuck0fv]|\[[^\]]*[[/]|\[(?:[^\]\\]|\\.)*\\[\]\\]/;

/** Whether the engine may be left alone with an expression. */
export function isNative(source: string, flags: string, { alternatives }: Parsed): boolean {
  if (!/^[gi]*$/.test(flags) || UNKNOWN.test(source) || source.includes("?") || source.includes("{"))
    return false;
  const [first = []] = alternatives;
  if (alternatives.length > 1) return alternatives.every((list) => list.length > 0 && list.every(isText));
  const inner = first.slice(first[0] === 0 ? 1 : 0, first[first.length - 1] === 1 ? -1 : undefined);
  const flat = flattened(inner);
  return flat !== undefined && flat.some(isNeeded) && flat.every((step, i) => isRight(step, flat[i + 1]));
}

const isText = (step: Step): boolean => typeof step === "string" && step.startsWith("'");
const isRun = (step: Step | undefined): step is Run => Array.isArray(step);
const isGroup = (step: Step): step is Group => typeof step === "object" && !isRun(step);

/** Steps with those of plain groups in their place. */
function flattened(steps: readonly Step[]): Step[] | undefined {
  const flat: Step[] = [];
  for (const step of steps) {
    if (!isGroup(step)) flat.push(step);
    else {
      const inner =
        step.g !== undefined && step.n === undefined && step.a?.length === 1 ? step.a[0] : undefined;
      if (inner === undefined || inner.length === 0 || inner.some(isGroup)) return undefined;
      flat.push(...inner);
    }
  }
  return flat;
}

/** Something that takes a character at least. */
const isNeeded = (step: Step): boolean => typeof step === "string" || (isRun(step) && step[1] > 0);

function isRight(step: Step, next: Step | undefined): boolean {
  if (typeof step === "number") return false;
  if (typeof step === "string") return !step.startsWith("!");
  if (!isRun(step) || (step[0].startsWith("!") && step[1] > 0)) return false;
  if (next === undefined) return true;
  const follows = isRun(next) ? next[0] : typeof next === "string" ? next : undefined;
  // What may be left out leaves the place to the one after it.
  return follows !== undefined && !(isRun(next) && next[1] === 0) && !overlap(step[0], follows);
}

function overlap(a: string, b: string): boolean {
  for (let code = 0; code < 256; code++) if (holds(a, code) && holds(b, code)) return true;
  return false;
}

function holds(set: string, code: number): boolean {
  const c = String.fromCharCode(code);
  if (set.startsWith("'")) return set[1] === c;
  for (let i = 1; i < set.length; i += 2) {
    if (c >= set[i]! && c <= set[i + 1]!) return set.startsWith("=");
  }
  return set.startsWith("!");
}
