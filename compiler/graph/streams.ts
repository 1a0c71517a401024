/**
 * for await over streams that are made of others: each part stands in the rounds of the loop, around its body.
 *
 *   for await (const x of take(filter(map(readings, f), test), 3)) body
 *
 *   readings --item--> f(item) --> test(item)? --> body --> 3 done? --> exit
 *      ^                              |no                    |
 *      +------------------------------+----------------------+
 *
 *   merge(a, b)       a race of one receive for each, whose arms lead to the same body; one that is closed is never
 *                     done again
 */
import ts from "typescript";
import type { Builder } from "./builder.js";
import { stageOf } from "../find/streams.js";
import { OWNED, makeBlock, type Block, type Race } from "./ir.js";
import { makeLoop, type Each } from "./loops.js";
import { unwrapped } from "../syntax.js";

/** Lowers the rounds over `source`. */
export type GoOver = (source: ts.Expression, each: Each) => void;

/** Goes over the stream that `call` makes; `goOver` knows what its sources are. */
export function streamLoop(b: Builder, call: ts.CallExpression, each: Each, goOver: GoOver): void {
  if (stageOf(b.program, call) === "merge") {
    mergeLoop(b, call, each);
    return;
  }
  const done = makeBlock();
  goOver(call.arguments[0]!, partOf(b, call, each, done));
  b.goto(done);
  b.at(done);
}

/** The rounds of `call`, around `each`. Where there is nothing to do at all, it goes on at `done`. */
function partOf(b: Builder, call: ts.CallExpression, each: Each, done: Block): Each {
  const [, first, second] = call.arguments as unknown as readonly [
    ts.Expression,
    ts.Expression,
    ts.Expression?,
  ];
  switch (stageOf(b.program, call)) {
    case "map": {
      const f = held(b, first);
      return (loop, item) => {
        each(loop, `${b.mark(first)}${f}(${item})`);
      };
    }
    case "filter": {
      const test = held(b, first);
      return (loop, item) => {
        const value = b.store(item, call);
        onlyIf(b, `${b.mark(first)}${test}(${value})`, loop.again);
        each(loop, value);
      };
    }
    case "window": {
      const step = second === undefined ? "" : `, ${b.value(second)}`;
      const items = b.store(`$makeWindow(${b.value(first)}${step})`);
      return (loop, item) => {
        onlyIf(b, `${items}.add_(${item})`, loop.again);
        each(loop, `${items}.items_`);
      };
    }
    default: {
      const left = b.store(b.value(first), first);
      onlyIf(b, `${left} > 0`, done);
      return (loop, item) => {
        const again = makeBlock();
        each({ ...loop, again }, item);
        b.at(again);
        b.line(`${left}--;`);
        b.branch(`${left} > 0`, loop.again, loop.exit);
      };
    }
  }
}

/** Goes on only if `test` holds, else at `otherwise`. */
function onlyIf(b: Builder, test: string, otherwise: Block): void {
  const yes = makeBlock();
  b.branch(test, yes, otherwise);
  b.at(yes);
}

/** What names the function `node` in each round. */
function held(b: Builder, node: ts.Expression): string {
  const name = unwrapped(node);
  const isConst = ts.isIdentifier(name) && b.scopes.isStable(name);
  return isConst ? b.copier.text(name) : b.store(b.value(node));
}

/** A source of a merge. */
interface Arm {
  /** Where what is received from now is stored. */
  readonly source: string;
  /** What becomes of its items. */
  readonly each: Each;
  /** Where the arm goes on after the body. */
  again: Block;
}

function mergeLoop(b: Builder, call: ts.CallExpression, each: Each): void {
  const open = b.store(String(call.arguments.length), "count");
  const given = b.copier.reference(b.temporary());
  const [loop, body, after] = [makeLoop(), makeBlock(), makeBlock()];
  const arms = call.arguments.map((source) => armOf(b, source, { open, given, body, again: loop.head }));
  const group = raceOf(b, arms);
  const race = b.storage.race(group.slot);
  b.line(`${race}.first_ = 0;`);
  b.goto(loop.head);
  b.at(loop.head);
  b.branch(`${open} > 0`, loop.body, loop.exit);
  b.at(loop.body);
  const start = arms.flatMap(({ source }, i) => [`${race}.enlist_(${i});`, `${source}.receive();`]);
  b.suspend((next) => ({ kind: "race", start, group, next }), call);
  const picked = b.store(`${race}.pick_()`);
  byArm(b, picked, arms, (arm) => {
    const gone = makeBlock();
    onlyIf(b, `${picked}.value !== $CLOSED`, gone);
    arm.each({ ...loop, again: loop.head, exit: gone }, `${picked}.value`);
    b.at(gone);
    b.line(`${arm.source} = $SILENT;`);
    b.line(`${open}--;`);
    b.goto(loop.head);
  });
  b.at(body);
  each({ ...loop, again: after }, given);
  b.at(after);
  byArm(b, picked, arms.some(({ again }) => again !== loop.head) ? arms : [], ({ again }) => {
    b.goto(again);
  });
  b.goto(loop.head);
  b.at(loop.exit);
}

function raceOf(b: Builder, arms: readonly Arm[]): Race {
  const slot = b.reserveRace();
  const names = arms.map((_, i) => String(i));
  const [kinds, strands] = [arms.map(() => OWNED), arms.map(() => null)];
  return (b.races[slot] = { slot, maker: "makeFair", names, kinds, strands, owner: null });
}

/** Runs `body`, which goes on elsewhere, for the arm that was picked. */
function byArm(b: Builder, picked: string, arms: readonly Arm[], body: (arm: Arm) => void): void {
  for (const [i, arm] of arms.entries()) {
    const [here, next] = [makeBlock(), makeBlock()];
    if (i === arms.length - 1) b.goto(here);
    else b.branch(`${picked}.arm === "${i}"`, here, next);
    b.at(here);
    body(arm);
    b.at(next);
  }
}

/** What the arms of a merge have in common. */
interface Common {
  readonly open: string;
  readonly given: string;
  readonly body: Block;
  readonly again: Block;
}

/** Readies `stream`, a channel or what is made of one, as an arm whose items come to the common body. */
function armOf(b: Builder, stream: ts.Expression, { open, given, body, again }: Common): Arm {
  const arm = { source: b.copier.reference(b.temporary()), again };
  const [none, ready] = [makeBlock(), makeBlock()];
  let each: Each = (loop, item) => {
    arm.again = loop.again;
    b.line(`${given} = ${item};`);
    b.goto(body);
  };
  let base = unwrapped(stream);
  for (; stageOf(b.program, base) !== undefined; base = unwrapped((base as ts.CallExpression).arguments[0]!))
    each = partOf(b, base as ts.CallExpression, each, none);
  b.line(`${arm.source} = ${b.value(base)};`);
  b.goto(ready);
  b.at(none);
  b.line(`${arm.source} = $SILENT;`);
  b.line(`${open}--;`);
  b.goto(ready);
  b.at(ready);
  return Object.assign(arm, { each });
}
