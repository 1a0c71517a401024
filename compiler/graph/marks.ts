/**
 * Where a function's storage stands in its lines. What it will be is for the back end to say, once all lines are
 * there: until then a mark stands for it, which the passes between can read.
 *
 *   \u0004 s12 \u0005   slot 12, read or written       \u0004 g2 \u0005    race 2
 *   \u0004 =12 \u0005   slot 12, written for sure      \u0004 o12 \u0005   the operation of the future in slot 12
 *   \u0004 (12 \u0005   slot 12, called                \u0004 b3 \u0005    begins the generator of callee 3
 *   \u0004 a0 \u0005    the strand of free arm 0       \u0004 n2 \u0005    begins race 2, which is an arm
 *   \u0004 m1 \u0005    makes an object of generator 1
 *   \u0006 text \u0007   return text, in the middle of copied code
 */
import type { Slot, Storage } from "./ir.js";

/** Names storage by marks. */
export const marks: Storage = {
  slot: (slot) => `\u0004s${slot.id}\u0005`,
  race: (slot) => `\u0004g${slot}\u0005`,
  arm: (free) => `\u0004a${free}\u0005`,
  nested: (race) => `\u0004n${race}\u0005`,
  future: (slot) => `\u0004o${slot.id}\u0005`,
  begin: (callee) => `\u0004b${callee}\u0005`,
  make: (made) => `\u0004m${made}\u0005`,
  returnText: (value) => `\u0006${value ?? ""}\u0007`,
};

/** `slot` as the target of an assignment that nothing keeps from happening. */
export function setMark(slot: Slot): string {
  return `\u0004=${slot.id}\u0005`;
}

/** `slot` as what is called: what holds it is not the receiver. */
export function calleeMark(slot: Slot): string {
  return `\u0004(${slot.id}\u0005`;
}

/** `text` with each mark as `storage` names it; `slots` are those of the function. */
export function resolved(text: string, storage: Storage, slots: readonly Slot[]): string {
  const named = text.replace(/\u0004(.)(\d+)\u0005/g, (_, kind: string, id: string) => {
    const number = Number(id);
    if (kind === "g") return storage.race(number);
    if (kind === "a") return storage.arm(number);
    if (kind === "n") return storage.nested(number);
    if (kind === "b") return storage.begin(number);
    if (kind === "m") return storage.make(number);
    const slot = slots[number]!;
    if (kind === "o") return storage.future(slot);
    const name = storage.slot(slot);
    return kind === "(" && name.includes(".") ? `(0, ${name})` : name;
  });
  return named.replace(/\u0006([^\u0007]*)\u0007/g, (_, value: string) =>
    storage.returnText(value === "" ? null : value),
  );
}

/** The slots that a line reads, or may, and those that it writes for sure. */
export interface Access {
  readonly reads: readonly number[];
  readonly writes: readonly number[];
  /** Whether all is read before anything is written. */
  readonly isLast: boolean;
}

/** A line that begins with an assignment, perhaps in parentheses. */
const ASSIGNMENT = /^(?:\u0001\d+\u0002)*\(?\u0004s(\d+)\u0005 ?=(?![=>])/;

/** What `text`, a line or a part of one, does with slots. */
export function accessOf(text: string): Access {
  const target = ASSIGNMENT.exec(text);
  const writes = target === null ? [] : [Number(target[1])];
  const reads: number[] = [];
  for (const match of text.slice(target?.[0].length ?? 0).matchAll(/\u0004([s=(])(\d+)\u0005/g)) {
    (match[1] === "=" ? writes : reads).push(Number(match[2]));
  }
  return { reads, writes, isLast: writes.length === 1 && target !== null };
}

/** The slots that marks in `text` stand for. */
export function slotsIn(text: string): Set<number> {
  return new Set([...text.matchAll(/\u0004[s=(](\d+)\u0005/g)].map((match) => Number(match[1])));
}
