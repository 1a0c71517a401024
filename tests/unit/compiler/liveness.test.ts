/** Liveness and layout of graphs made by hand: lines are marked text, as in the passes before. */
import * as assert from "uvu/assert";
import { makeBlock, type Block, type Graph, type Slot } from "../../../compiler/graph/ir.js";
import { layoutOf } from "../../../compiler/frames/layout.js";
import { livenessOf, slotsOf } from "../../../compiler/frames/liveness.js";
import { accessOf, calleeMark, marks, resolved, setMark } from "../../../compiler/graph/marks.js";
import { suite } from "../../support/suite.js";

const test = suite("compiler/liveness");

const slots: Slot[] = ["a", "b", "c", "$"].map((name, id) => ({ id, name, isBoxed: false, given: [] }));
const [a, b, c] = slots as [Slot, Slot, Slot];
const [A, B, C] = [a, b, c].map((slot) => marks.slot(slot)) as [string, string, string];

/** A graph whose states are `blocks`, the first of them the start. */
function graphOf(...blocks: Block[]): Graph {
  return { states: blocks, slots } as unknown as Graph;
}

function block(...lines: Block["lines"]): Block {
  const made = makeBlock();
  made.lines.push(...lines);
  return made;
}

/** Ends `from` with a wait that resumes at `to`. */
function waits(from: Block, to: Block, start = "sleep();"): Block {
  from.end = { kind: "leaf", start, suspends: "always", next: to };
  return from;
}

function names(graph: Graph, live: ReadonlySet<number>): string {
  return slotsOf(graph, live)
    .map((slot) => slot.name)
    .join(" ");
}

function wordsOf(graph: Graph, mayShare = true): string {
  const rules = { entries: "polls", mayShare: () => mayShare } as const;
  return layoutOf(graph, livenessOf(graph), rules)
    .words.map((word) => word.name)
    .join(" ");
}

test("a slot lives from what writes it to what reads it last", () => {
  const last = block(`out(${A});`);
  const first = waits(block(`${A} = 1;`, `${B} = 2;`, `out(${B});`), last);
  const graph = graphOf(first, last);
  const liveness = livenessOf(graph);

  assert.is(names(graph, liveness.over(first)), "a");
  assert.is(names(graph, liveness.before(first)), "");
  assert.is(names(graph, liveness.over(last)), "", "nothing suspends there");
});

test("what a loop reads in its next round lives over the wait", () => {
  const loop = block(`${A}++;`, `out(${A});`);
  waits(loop, loop);
  const first = block(`${A} = 0;`);
  first.end = { kind: "goto", to: loop };
  const graph = graphOf(first, loop);

  assert.is(names(graph, livenessOf(graph).over(loop)), "a");
});

test("what a wait is started with need not outlive it", () => {
  const last = block();
  const first = waits(block(`${A} = 1;`), last, `sleep(${A});`);
  const graph = graphOf(first, last);

  assert.is(names(graph, livenessOf(graph).over(first)), "");
});

test("what a handler reads lives over each line that it is in force for, also where it is written", () => {
  const handler = block({ handler: null }, `out(${A});`);
  const after = block({ handler: null });
  const first = waits(block(`${A} = 1;`, { handler }, `${A} = 2;`), after);
  const graph = graphOf(first, after, handler);
  const liveness = livenessOf(graph);

  assert.is(names(graph, liveness.over(first)), "a");
  assert.is(names(graph, liveness.before(handler)), "a");
  assert.is(names(graph, liveness.before(first)), "");
});

test("a write that may not happen keeps the value before it alive", () => {
  assert.equal(accessOf(`if (x) ${A} = 1;`), { reads: [0], writes: [], isLast: false });
  assert.equal(accessOf(`\u00017\u0002${A} = ${B};`), { reads: [1], writes: [0], isLast: true });
  assert.equal(accessOf(`({ x: ${setMark(a)} = ${C} } = ${B});`), {
    reads: [2, 1],
    writes: [0],
    isLast: false,
  });
  assert.equal(accessOf(`${A} === 1 ? ${B} : 0`), { reads: [0, 1], writes: [], isLast: false });
});

test("what lives over no wait is no word of the frame", () => {
  const last = block(`${C} = ${A};`, `out(${C});`);
  const first = waits(block(`${A} = 1;`, `${B} = 2;`, `out(${B});`), last);

  assert.is(wordsOf(graphOf(first, last)), "a");
});

test("slots that are never alive together have one word", () => {
  const last = block(`out(${B});`);
  const middle = waits(block(`${B} = ${A} + 1;`), last);
  const first = waits(block(`${A} = 1;`), middle);

  assert.is(wordsOf(graphOf(first, middle, last)), "a$b");
  assert.is(wordsOf(graphOf(first, middle, last), false), "a b");
});

test("slots have words of their own where one is written before the other is read", () => {
  const last = block(`out(${B});`, `out(${C});`);
  const middle = waits(block(`[${setMark(b)}, ${setMark(c)} = ${A}] = list;`), last);
  const first = waits(block(`${A} = 1;`), middle);

  assert.is(wordsOf(graphOf(first, middle, last)), "a b c");
});

test("marks become the names of the storage", () => {
  const storage = {
    ...marks,
    slot: (slot: Slot) => `$f.${slot.name}`,
    returnText: (v: string | null) => `<${v}>`,
  };
  assert.is(resolved(`${setMark(a)} = ${calleeMark(b)}();`, storage, slots), "$f.a = (0, $f.b)();");
  assert.is(resolved(`if (${A}) ${marks.returnText(B)}`, storage, slots), "if ($f.a) <$f.b>");
  assert.is(resolved(marks.returnText(null), storage, slots), "<null>");
});
