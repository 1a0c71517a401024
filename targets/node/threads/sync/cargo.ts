/**
 * What a value is in shared memory: a tag and a double, for numbers, true, false, null, undefined and texts that types of the
 * program name; or its structured clone, as bytes.
 *
 *   number that fits 32 bits   INT    and the number in the first half of the double: so nothing is allocated to read it
 *   other plain values         a tag of core/shared/values.ts
 *   all else                   CLONE  and how many bytes, which lie elsewhere
 */
import { deserialize, serialize } from "node:v8";
import { ELSEWHERE, NUMBER, tagOf, untagged } from "../../../../core/shared/values.js";
import { checked } from "../../../../core/sync/count.js";
import { coded } from "../../tool-errors.js";
import { reasonOf } from "../failures.js";

const INT = -1;
const CLONE = -2;

/** How primitives are made that hold more than numbers. */
export interface Copies {
  /** Room of each value for a copy, in bytes: for texts, objects and lists. Default 0: for numbers and constants alone. */
  readonly bytes?: number;
}

/** That room, in whole doubles. @throws E121 unless it is a whole number */
export function roomFor(bytes: number, subject: string): number {
  return bytes === 0 ? 0 : 8 * Math.ceil(checked(bytes, subject, "number of bytes") / 8);
}

/** A value that lies in shared memory as bytes. */
class Clone {
  constructor(readonly bytes: Uint8Array) {}
}

/**
 * `value`, in the form in which it can be stored, where there is room for `room` bytes.
 *
 * @throws E448 when it cannot be cloned, or takes more
 */
export function packed(value: unknown, room: number, subject: string): unknown {
  if (tagOf(value) !== ELSEWHERE) return value;
  if (room === 0) {
    const advice = "Give it room for copies: { bytes: 256 }";
    throw coded("E448", subject, `${kindOf(value)} goes from thread to thread as a copy. ${advice}`);
  }
  const bytes = clonedBytes(value, subject);
  if (bytes.length <= room) return new Clone(bytes);
  const had = `a copy takes ${bytes.length} bytes, and there is room for ${room}`;
  throw coded("E448", subject, `${had}. Make it with { bytes: ${bytes.length} } or more`);
}

function kindOf(value: unknown): string {
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

function clonedBytes(value: unknown, subject: string): Uint8Array {
  try {
    return serialize(value);
  } catch (error) {
    throw coded("E448", subject, `the value cannot be copied: ${reasonOf(error)}. Give plain data`);
  }
}

/** Whether another thread can have what was {@link packed} by a record of a task. */
export function fitsRecord(value: unknown): boolean {
  return !(value instanceof Clone);
}

/** Where values are kept, and the room that each has for a copy. */
export interface Hold {
  readonly words: Int32Array;
  readonly doubles: Float64Array;
  readonly bytes: Uint8Array;
  readonly room: number;
}

/** Stores what was {@link packed}: its tag in word `tag`, its number in the double at word `at`, its bytes from `from` on. */
export function store(
  { words, doubles, bytes }: Hold,
  tag: number,
  at: number,
  from: number,
  value: unknown,
): void {
  if (typeof value === "number") {
    if ((value | 0) === value && (value !== 0 || Object.is(value, 0))) storeInt(words, tag, at, value);
    else {
      words[tag] = NUMBER;
      doubles[at >> 1] = value;
    }
  } else if (value instanceof Clone) {
    words[tag] = CLONE;
    words[at] = value.bytes.length;
    bytes.set(value.bytes, from);
  } else words[tag] = tagOf(value);
}

/** Stores a whole number of 32 bits. */
export function storeInt(words: Int32Array, tag: number, at: number, value: number): void {
  words[tag] = INT;
  words[at] = value;
}

/** What was stored so, still packed. It may be nonsense where others store meanwhile. */
export function load({ words, doubles, bytes, room }: Hold, tag: number, at: number, from: number): unknown {
  const kind = words[tag]!;
  if (kind === INT) return words[at];
  if (kind === CLONE) return new Clone(bytes.slice(from, from + Math.min(words[at]!, room)));
  return untagged(kind, doubles[at >> 1]!);
}

/** The value that was {@link packed}. */
export function unpacked(value: unknown): unknown {
  return value instanceof Clone ? deserialize(value.bytes) : value;
}
