/**
 * The shared back end, for tasks that may move between threads: as the arena's, but over a frame in shared memory
 * (core/shared/region.ts), at word `$b` of region `$r`; `$I` and `$D` are its columns.
 *
 *   block            | emitted as
 *   -----------------+------------------------------------------------------------------------
 *   goto state       | $I[$b + 2] = k; continue;
 *   leaf             | $I[$b + 2] = k; start; return 0;
 *   call             | $I[$b + 2] = k; g$sharedEnter($r, $b + 12, $b, ...); return g$sharedPoll($r, $b + 12, $t);
 *   resume           | $I[$b + 2] = k; $I[$r.base_] = $b + 12; return 1;
 *   yield            | $I[$b + 2] = k; $t.value_ = v; $I[$r.base_] = $I[$b + 1]; return 1;
 *   race             | start; $I[$b + 2] = k; if (!$race($r, 0, $b).begin_()) return 0;
 *   return           | $t.value_ = v; $I[$r.base_] = $I[$b + 1]; return 1;
 *   unwind           | return $unwindShared($r, $t, how, v);
 *   handler          | $I[$b + 3] = k;             0: the caller's
 *
 * frames/shared-frames.ts says where things lie. A slot that no poll must keep is a variable of the poll, and may hold
 * anything.
 */
import { spawnedWith } from "./emit-arena.js";
import { withPlaces, type Place } from "./column-access.js";
import { isMate, isSuspension, resultText, type Callee, type Slot } from "../graph/ir.js";
import type { Shape } from "../frames/columns.js";
import { livenessOf } from "../frames/liveness.js";
import { hasComputedDefault } from "../frames/send.js";
import { STRAND_WORDS, raceFacts, type SharedFrame } from "../frames/shared-frames.js";
import { marks, resolved } from "../graph/marks.js";
import { writePoll, type PollForm } from "./poll-writer.js";
import { parametersOf } from "../syntax.js";
import { authored, literal } from "./text.js";

/** What stands for a function. */
export interface Emitted {
  /** `NAME$sharedEnter` and `NAME$sharedPoll`. */
  readonly functions: string;
  /** What the runtime must know of them, and what they use, before a task runs: the module may wait at its top. */
  readonly first: string;
}

/** The code of the function of `frame`. */
export function emitShared(frame: SharedFrame): Emitted {
  const { graph } = frame;
  const { id } = graph.fn;
  const lists = new Lists(frame);
  const poll = resolved(writePoll(graph, frame.layout, formOf(frame)), storageOf(frame), graph.slots);
  const code = withPlaces(poll, (slot) => placeOf(frame, lists, graph.slots[slot]!));
  const enter = enterText(frame, lists);
  const known = `$polls[${frame.code}] = ${id}$sharedPoll; $told[${frame.code}] = ${id}$told;`;
  const first = [...lists.lines(), known, ...factsOf(frame)].join("\n");
  return { functions: `${enter}\n${withColumns(code)}`, first };
}

/** What the runtime must know of a frame to hand its task over, besides its code. */
function factsOf(frame: SharedFrame): string[] {
  const { graph, code } = frame;
  const tags = tagsOf(frame);
  const inner = generatorsOf(frame).map((callee) => frame.placeOf(callee));
  const hasKeeps = Object.keys(tags).length + inner.length > 0;
  const races = graph.races.map((race) => {
    const facts = Object.entries(raceFacts(frame, race)).map(([name, value]) => `${name}: ${literal(value)}`);
    return `$races[${frame.raceId(race.slot)}] = { ${[`make: $${race.maker}`, ...facts].join(", ")} };`;
  });
  return hasKeeps ? [...races, `$keeps[${code}] = ${literal({ tags, inner })};`] : races;
}

function generatorsOf({ graph }: SharedFrame): Callee[] {
  return graph.callees.filter((each) => each.fn.node.asteriskToken !== undefined);
}

/** What `task()` and other modules use of it. */
export function sharedValue({ graph, words }: SharedFrame): string {
  const { id } = graph.fn;
  const all = STRAND_WORDS + words;
  const args = ["$f", `$f.base_ + ${STRAND_WORDS}`, "0", ...spawnedWith(graph)].join(", ");
  const enter = `($f, $a) => ${id}$sharedEnter(${args})`;
  const fields = [`words_: ${all}`, `frame_: ($t) => $makeRegion($t, ${all})`, `enter_: ${enter}`];
  return `{ ${fields.join(", ")}, enterWith_: ${id}$sharedEnter }`;
}

/** The constants that columns choose among: a list for each set of them, named after the first slot that has it. */
class Lists {
  private readonly names = new Map<string, string>();

  constructor(private readonly frame: SharedFrame) {}

  /** The name of the list of `constants`, those of `slot`. */
  of(constants: readonly string[], name: string): string {
    const text = constants.map((each) => (each.startsWith('"') ? authored(each) : each)).join(", ");
    const known = this.names.get(text);
    if (known !== undefined) return known;
    const all = [...this.names.values()];
    const base = `${this.frame.graph.fn.id}$${name.replace(/^\$+/, "") || "value"}`;
    let unique = base;
    for (let n = 2; all.includes(unique); n++) unique = `${base}$${n}`;
    this.names.set(text, unique);
    return unique;
  }

  /** Their declarations. */
  lines(): string[] {
    return [...this.names].map(([text, name]) => `const ${name} = $choices([${text}]);`);
  }
}

const LEAVE = "$I[$r.base_] = $I[$b + 1];";

/** Marks for all but slots, which withPlaces sees to. */
function storageOf(frame: SharedFrame): typeof marks {
  return {
    ...marks,
    race: (slot) => `$race($r, ${frame.raceId(slot)}, $b)`,
    future: (slot) => futureText(frame, slot),
    // Who uses objects of generators is never shared.
    make: (made) => `$generator${made}(`,
    begin: (slot) => {
      const callee = frame.graph.callees[slot]!;
      return `${enterOf(callee)}($r, $b + ${frame.placeOf(callee)}, $b`;
    },
    returnText: (value) => `{ $t.value_ = ${resultText(frame.graph, value)}; ${LEAVE} return 1; }`,
  };
}

function futureText(frame: SharedFrame, slot: Slot): string {
  return `$future($r, ${frame.futureId(slot)}, $b + ${frame.futureAt(slot)})`;
}

function formOf(frame: SharedFrame): PollForm {
  const { graph } = frame;
  const placeText = (callee: Callee): string => `$b + ${frame.placeOf(callee)}`;
  const raceText = (race: number): string => marks.race(race);
  return {
    head: `${graph.fn.id}$sharedPoll($r, $b, $t)`,
    setup: [COLUMNS],
    pc: "$I[$b + 2]",
    handler: "$I[$b + 3]",
    leave: LEAVE,
    enter: (callee, args) => {
      const entered = `${enterOf(callee)}(${["$r", placeText(callee), "$b", ...args].join(", ")});`;
      // A poll of the callee at once spares its dispatch; it is resumed from outside.
      const isNear = callee.imported === null;
      return [
        ...(isMate(graph, callee.fn) ? [depthText(frame, callee)] : []),
        entered,
        isNear ? `return ${callee.fn.id}$sharedPoll($r, ${placeText(callee)}, $t);` : "return 1;",
      ];
    },
    resume: (callee) => `$I[$r.base_] = ${placeText(callee)};`,
    unwind: (how, value) => `$unwindShared($r, $t, ${how}, ${value})`,
    fill: (start) =>
      start.map((line) => {
        if (typeof line === "string") return line;
        if ("test" in line) throw new Error("a free arm is pinned");
        const { race, arm, callee, args } = line;
        const place = frame.placeOf(callee);
        const region = `$arm($r, $b + ${place})`;
        const entered = [region, `$b + ${place + STRAND_WORDS}`, "0", ...args].join(", ");
        return `$startStrand(${raceText(race)}.strand_(${arm}), ${enterOf(callee)}(${entered}));`;
      }),
    begin: (race) => `${raceText(race)}.begin_()`,
    settle: (race) => `${raceText(race)}.settle_()`,
  };
}

/** A function that may await itself has so many levels. */
function depthText(frame: SharedFrame, { fn }: Callee): string {
  return `$checkDepth($r, $b, ${frame.codeOf(fn)}, ${fn.depth}, ${literal(fn.name)});`;
}

function enterOf(callee: Callee): string {
  return callee.imported === null ? `${callee.fn.id}$sharedEnter` : `${callee.imported}.shared_.enterWith_`;
}

const COLUMNS = "const $I = $r.words_, $D = $r.doubles_, $d = $b >> 1;";

/** Leaves out the names of columns that `code` does not use. */
function withColumns(code: string): string {
  const used = ["$I = $r.words_", ...(/\$D\b/.test(code.replace(COLUMNS, "")) ? ["$D = $r.doubles_"] : [])];
  if (/\$d \+/.test(code)) used.push("$d = $b >> 1");
  return code.replace(COLUMNS, () => `const ${used.join(", ")};`);
}

function placeOf(frame: SharedFrame, lists: Lists, slot: Slot): Place {
  const shape = frame.shapes.get(slot);
  if (shape === undefined) return { kind: "future", text: futureText(frame, slot) };
  const word = frame.layout.wordOf(slot);
  if (word === undefined) return { kind: "variable", text: slot.name };
  const seat = frame.seats.get(word)!;
  const [first, second] = [`$b + ${seat.at}`, `$d + ${seat.at >> 1}`];
  switch (seat.column) {
    case "kept":
      return coded("$kept", "$keep", `$r, $b + ${seat.tag}, ${second}`);
    case "either":
      return coded(
        "$either",
        "$setEither",
        `$I, $D, $b + ${seat.tag}, ${second}, ${listOf(lists, shape, slot)}`,
      );
    case "choice": {
      const list = listOf(lists, shape, slot);
      return { kind: "coded", read: `${list}[$I[${first}]]`, write: `$choose($I, ${first}, ${list}, ` };
    }
    case "double":
      return { kind: "number", text: `$D[${second}]` };
    default:
      return { kind: seat.column === "flag" ? "flag" : "number", text: `$I[${first}]` };
  }
}

function listOf(lists: Lists, { constants }: Shape, slot: Slot): string {
  return lists.of(constants, slot.name);
}

function coded(read: string, write: string, args: string): Place {
  return { kind: "coded", read: `${read}(${args})`, write: `${write}(${args}, ` };
}

/** By state, of a frame that waits to resume there: where the words lie that tell what is kept. */
function tagsOf({ graph, layout, seats }: SharedFrame): Record<number, number[]> {
  const liveness = livenessOf(graph);
  const tags: Record<number, number[]> = {};
  for (const block of liveness.blocks) {
    if (!isSuspension(block.end)) continue;
    const live = liveness.over(block);
    const kept = graph.slots
      .filter((slot) => live.has(slot.id))
      .map((slot) => seats.get(layout.wordOf(slot)!));
    const own = kept.flatMap((seat) => (seat?.column === "kept" ? [seat.tag] : []));
    const { id } = block.end.next;
    if (own.length > 0) tags[id] = [...new Set([...(tags[id] ?? []), ...own])];
  }
  return tags;
}

/** Stores the arguments; a default that is a number in place comes with them. Gives the region. */
function enterText(frame: SharedFrame, lists: Lists): string {
  const { graph, layout, code } = frame;
  const own = parametersOf(graph.fn.node);
  const hidden = graph.params.length - own.length;
  const params = graph.params.map((_, i) => {
    const initial = own[i - hidden]?.initializer;
    const isStored = initial === undefined || hasComputedDefault(own[i - hidden]!);
    return isStored ? `$${i}` : `$${i} = ${initial.getText()}`;
  });
  const stores = graph.params.flatMap((slot, i) => {
    if (layout.givenWordOf(slot) === undefined) return [];
    const place = placeOf(frame, lists, slot);
    return [place.kind === "coded" ? `${place.write}$${i});` : `${place.text} = $${i};`];
  });
  const lines = [
    COLUMNS,
    `$I[$b] = ${code}; $I[$b + 1] = $up; $I[$b + 2] = $I[$b + 3] = 0;`,
    ...stores,
    "$I[$r.base_] = $b;",
    "return $r;",
  ];
  const head = `function ${graph.fn.id}$sharedEnter(${["$r", "$b", "$up", ...params].join(", ")})`;
  return withColumns(`${head} {\n  ${lines.join("\n  ")}\n}`);
}
