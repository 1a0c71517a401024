/**
 * Handing a suspended shared task to another thread: what its strands wait for goes into their words, and the strand of
 * the same slot there goes on with it. Nothing of the task is left here.
 *
 *   strand    its own operation             record WAITS         its named futures      records, chained from FUTURES
 *             the select that it is in      RACE, RACE_AT
 *   select    who won                       a word: 0, or 1 + the arm's number
 *             arms made in place, calls     a record each; a call has a strand of its own, with words as above
 *             arms with a name              a record with the place of the future's
 *
 * The words are plain memory: the threads must agree by other means who has a task (a store and a load of one word
 * by Atomics order all that lies before and after them). Their clocks must count from the same moment.
 */
import type { TaskId } from "../arena.js";
import type { Executor } from "../executor.js";
import type { Gathering } from "../flow/gathering.js";
import { BORROWED, OWNED, STRAND, type Group } from "../flow/group.js";
import { IDLE, PENDING, type Op } from "../op.js";
import type { Strand } from "../scheduler.js";
import * as state from "../state.js";
import { RECORD_WORDS, leaveRecord, readRecord, startExpected, startWriting, writeRecord } from "./leaves.js";
import { future, race, races, type FuturePart, type RacePart } from "./parts.js";
import { CANCEL, FUTURES, RACE, RACE_AT, WAITS, keepsObjects, type Region } from "./region.js";

/** In CANCEL: the strand is ready. */
const READY = 4;

/** Words of the record of a named future behind those of the operation: which it is, and the next one. */
const ID = 4;
const NEXT = 5;

/** Words of a select before the records of its arms: who won, and of an `all` or `any` whether nobody did. */
const WINNER_WORDS = 2;
const IS_WHOLE = 1;

/** What is done with each operation of a strand: its record is at word `at`. False ends the visit. */
type Visit = (op: Op, region: Region, at: number) => boolean;

/**
 * Gives up a task for another thread to {@link takeOver}; false when it cannot go now: it is over, or running, or
 * has frames of this thread, waits for something of this thread, is waited for here, or keeps an error in a `finally`
 * that waits.
 *
 * Cost: O(depth of its calls and what it waits for); allocates nothing.
 */
export function handOver(executor: Executor, id: TaskId): boolean {
  const { arena } = executor;
  const slot = arena.slotOf(id);
  if (slot < 0 || arena.kindOf(slot).words_ === 0) return false;
  const strand = arena.strandOf(slot);
  const region = strand.frame_ as Region | null;
  const isReady = strand.life_ === state.READY;
  if (region === null || !(isReady || strand.life_ === state.WAITING) || isAwaited(strand)) return false;
  if (!writeTask(region, isReady)) return false;
  state.depart(strand);
  leaveTask(region);
  return true;
}

/** Writes down what the task waits for, which goes on here; false when words cannot say it. */
export function writeTask(region: Region, isReady: boolean): boolean {
  startWriting();
  if (keepsMore(region) || !visitStrand(region, writeRecord)) return false;
  writeStrand(region, isReady);
  return true;
}

/** Lets go of a task that {@link writeTask} has just written. */
export function leaveTask(region: Region): void {
  visitStrand(region, leaveRecord);
  leaveStrand(region);
}

/** Goes on with a task that was written; whether it is ready. */
export function readTask(region: Region): boolean {
  const isReady = readStrand(region);
  startExpected();
  return isReady;
}

/**
 * Goes on with a task that another thread, which runs the same code over the same memory, handed over.
 *
 * Cost: that of its timers and what it waits for; allocates when a frame waits so on this thread for the first time.
 */
export function takeOver(executor: Executor, id: TaskId): void {
  const { arena } = executor;
  const slot = arena.rename(id);
  const region = arena.frameOf(slot) as Region;
  executor.adopt_(slot, readTask(region));
}

/** Whether somebody waits here for its end. */
function isAwaited({ bond_: bond }: Strand): boolean {
  return bond !== null && bond.joiners_.head_ !== null;
}

/** Visits the operations of a strand, of its arms, and of theirs; whether each visit gave true. */
function visitStrand(region: Region, visit: Visit): boolean {
  if (!visit(region.strand_, region, region.base_ + WAITS)) return false;
  for (let i = 0; i < region.futures_.length; i++) {
    const { op_: op, at_: at } = region.futures_[i]!;
    if (!visit(op, region, at)) return false;
  }
  const part = raceOf(region);
  return part === null || visitArms(region, part, visit);
}

function visitArms(region: Region, part: RacePart, visit: Visit): boolean {
  const { arms_: ops, kinds_: kinds } = part.group_;
  for (let i = 0; i < ops.length; i++) {
    const op = ops[i]!;
    const inner = kinds[i] === STRAND ? regionOf(region, op) : null;
    // Whose end is not there yet has more: it is visited first, since the visit may be the last that sees it so.
    if (inner !== null && op.state_ === PENDING && !visitStrand(inner, visit)) return false;
    if (kinds[i] !== BORROWED && !visit(op, region, recordOf(part, i))) return false;
  }
  return true;
}

/** The select that a strand is in, or has just been taken from by {@link leaveRecord}. */
function raceOf(region: Region): RacePart | null {
  const group = region.strand_.waitsIn_;
  for (let i = 0; group !== null && i < region.races_.length; i++) {
    if (region.races_[i]!.group_ === group) return region.races_[i]!;
  }
  return null;
}

/** The region of the arm that ends in `exit`. */
function regionOf({ arms_: all }: Region, exit: Op): Region {
  let i = 0;
  while (all[i]!.strand_ !== exit.source_) i++;
  return all[i]!;
}

/** The word where the record of arm `i` begins. */
function recordOf({ id_: id, at_: at }: RacePart, i: number): number {
  return at + races[id]!.at + WINNER_WORDS + i * RECORD_WORDS;
}

/** Whether a strand, or one of its arms, keeps what only this thread has. */
function keepsMore(region: Region): boolean {
  if (keepsObjects(region)) return true;
  const part = raceOf(region);
  if (part === null) return false;
  const { arms_: ops, kinds_: kinds } = part.group_;
  for (let i = 0; i < ops.length; i++) {
    const isOn = kinds[i] === STRAND && ops[i]!.state_ === PENDING;
    if (isOn && keepsMore(regionOf(region, ops[i]!))) return true;
  }
  return false;
}

/** Writes all of a strand but its records, which are there. */
function writeStrand(region: Region, isReady: boolean): void {
  const { words_: words, base_: base, strand_: strand } = region;
  words[base + CANCEL] = strand.cancel_ | (isReady ? READY : 0);
  words[base + FUTURES] = 0;
  for (let i = 0; i < region.futures_.length; i++) chain(region, region.futures_[i]!);
  const part = raceOf(region);
  words[base + RACE] = part === null ? 0 : part.id_ + 1;
  if (part === null) return;
  words[base + RACE_AT] = part.at_;
  writeRace(region, part);
}

/** Puts the record of a future that is not idle before the others. */
function chain({ words_: words, base_: base }: Region, { op_: op, id_: id, at_: at }: FuturePart): void {
  if (op.state_ === IDLE) return;
  words[at + ID] = id;
  words[at + NEXT] = words[base + FUTURES]!;
  words[base + FUTURES] = at;
}

function writeRace(region: Region, part: RacePart): void {
  const { arms_: ops, kinds_: kinds, winner_: winner } = part.group_;
  const at = part.at_ + races[part.id_]!.at;
  region.words_[at] = winner === null ? 0 : 1 + ops.indexOf(winner);
  region.words_[at + IS_WHOLE] = (part.group_ as Partial<Gathering>).isWhole_ === true ? 1 : 0;
  for (let i = 0; i < ops.length; i++) {
    const op = ops[i]!;
    if (kinds[i] === BORROWED) region.words_[recordOf(part, i)] = placeOf(region, op);
    if (kinds[i] !== STRAND || op.state_ !== PENDING) continue;
    const inner = regionOf(region, op);
    writeStrand(inner, inner.strand_.ready_);
  }
}

/** Where the record of the named future `op` is. */
function placeOf({ futures_: all }: Region, op: Op): number {
  let i = 0;
  while (all[i]!.op_ !== op) i++;
  return all[i]!.at_;
}

/** Forgets a strand whose operations were left. */
function leaveStrand(region: Region): void {
  const { strand_: strand } = region;
  const part = raceOf(region);
  strand.frame_ = null;
  strand.waitsIn_ = null;
  strand.ready_ = false;
  if (part === null) return;
  const { arms_: ops, kinds_: kinds } = part.group_;
  part.group_.winner_ = null;
  for (let i = 0; i < ops.length; i++) {
    ops[i]!.done_ = null;
    if (kinds[i] === STRAND) leaveStrand(regionOf(region, ops[i]!));
  }
}

/** Makes a strand what its words say; whether it is ready. */
function readStrand(region: Region): boolean {
  const { words_: words, base_: base, strand_: strand } = region;
  const cancel = words[base + CANCEL]!;
  strand.frame_ = region;
  strand.how_ = 0;
  strand.cancel_ = cancel & ~READY;
  strand.waitsIn_ = null;
  readRecord(strand, region, base + WAITS);
  readFutures(region);
  if (words[base + RACE] !== 0) readRace(region, words[base + RACE]! - 1, words[base + RACE_AT]!);
  return (cancel & READY) !== 0;
}

/** What is not in the chain is idle. */
function readFutures(region: Region): void {
  const { words_: words, base_: base } = region;
  for (let at = words[base + FUTURES]!; at !== 0; at = words[at + NEXT]!)
    readRecord(future(region, words[at + ID]!, at), region, at);
}

function readRace(region: Region, id: number, at: number): void {
  const { words_: words } = region;
  const group = race(region, id, at);
  region.strand_.waitsIn_ = group;
  const part = raceOf(region)!;
  const first = at + races[id]!.at;
  const winner = words[first]!;
  const ops = group.arms_;
  if ("left_" in group) beginAgain(group as Gathering, words[first + IS_WHOLE] === 1);
  // It may have been decided here before.
  group.winner_ = null;
  for (let i = 0; i < ops.length; i++) {
    if (group.kinds_[i] === BORROWED) ops[i] = futureAt(region, words[recordOf(part, i)]!);
    readArm(region, group, i, recordOf(part, i));
    if (winner === 0) group.watch_(i);
  }
  group.winner_ = winner === 0 ? null : ops[winner - 1]!;
}

/** What is done is counted again: watch_ says so of each arm. */
function beginAgain(group: Gathering, isWhole: boolean): void {
  group.left_ = group.arms_.length;
  group.isWhole_ = isWhole;
}

function readArm(region: Region, group: Group, i: number, record: number): void {
  const op = group.arms_[i]!;
  if (group.kinds_[i] === OWNED) readRecord(op, region, record);
  if (group.kinds_[i] !== STRAND) return;
  const inner = regionOf(region, op);
  readRecord(op, region, record);
  if (op.state_ === PENDING) inner.strand_.ready_ = readStrand(inner);
}

function futureAt({ futures_: all }: Region, at: number): Op {
  let i = 0;
  while (all[i]!.at_ !== at || all[i]!.op_.state_ === IDLE) i++;
  return all[i]!.op_;
}
