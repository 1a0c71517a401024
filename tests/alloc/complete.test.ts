/** Every function, class and method that programs may use stands in a round of tests/alloc/programs, or here with the reason why not. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import * as assert from "uvu/assert";
import { suite } from "../support/suite.js";

const test = suite("alloc: all of the API");

/** What is used before the steady state begins, or outside of programs. */
const AT_THE_START: Readonly<Record<string, string>> = {
  Executor: "made by targets",
  ObservedExecutor: "made by targets",
  "makeSharedMemory()": "made by targets",
  "handOver()": "between threads, which have tests of their own",
  "takeOver()": "between threads, which have tests of their own",
  "onUnhandledFault()": "once, in main",
  "recursive()": "once, at the top of a module",
};

/** What allocates, by what its documentation says. */
const ALLOCATES: Readonly<Record<string, string>> = {
  "snapshot()": "gives a new list: for consoles of hosts",
  "trySpawn()": "the list of its arguments, as spawn",
  "restart()": "what its function is called with",
  "stop()": "of a task that ends, which was spawned before",
  "cancel()": "of a task that ends, which was spawned before",
  "Reservation.start": "the list of its arguments; reserve gives one object",
  "TaskGroup.spawn": "the list of its arguments",
  "TaskGroup.stop": "of tasks that end, which were spawned before",
  "TaskGroup.cancel": "of tasks that end, which were spawned before",
  "TaskGroup.size": "of tasks that were spawned before",
  "CancelToken.child": "a token, which is cancelled once",
  "CancelToken.cancel": "a token is cancelled once",
  "makeRandom()": "fractions are no small integers: V8 without a JIT has an object for each",
  "WallClock.until": "a time of day is no small integer: V8 without a JIT has an object for each",
  "WallClock.now": "as WallClock.until",
  "WallClock.set": "as WallClock.until",
  WallClock: "as WallClock.until",
};

/** Resources are released at the end of a scope; hooks are called by the executor. */
const CALLED_BY_US = /\.\[Symbol\.|^Meter\.(task|exec|executor)/;

/** What the program of a round may name: classes, their public members, and functions. */
function publicNames(): string[] {
  const path = join(DORMOUSE_ROOT, "docs/api/dormouse.d.ts");
  const file = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.ES2022, true);
  return file.statements.flatMap((each) => {
    if (ts.isFunctionDeclaration(each)) return [`${each.name!.text}()`];
    if (!ts.isClassDeclaration(each)) return [];
    const name = each.name!.text;
    const members = each.members.flatMap((member) => (isPublic(member) ? [member.name.getText()] : []));
    return [name, ...members.map((member) => `${name}.${member}`)];
  });
}

function isPublic(member: ts.ClassElement): member is ts.ClassElement & { name: ts.PropertyName } {
  const flags = ts.getCombinedModifierFlags(member);
  return member.name !== undefined && (flags & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) === 0;
}

const folder = join(DORMOUSE_ROOT, "tests/alloc/programs");
const text = readdirSync(folder)
  .map((name) => readFileSync(join(folder, name), "utf8").replaceAll(/^import [^;]*;/gm, ""))
  .join("\n");

/** Whether a round has `name`: a call, something new, or a member of whatever it is. */
function isMeasured(name: string): boolean {
  if (name.endsWith("()")) return new RegExp(`\\b${name.slice(0, -2)}(<[^>]*>)?\\(`).test(text);
  if (!name.includes(".")) return new RegExp(`\\bnew ${name}\\b`).test(text);
  return new RegExp(`\\.${name.split(".")[1]!}\\b`).test(text);
}

const isExempt = (name: string): boolean =>
  CALLED_BY_US.test(name) ||
  [name, name.split(".")[0]!].some((each) => each in AT_THE_START) ||
  name in ALLOCATES;

/** Classes that methods give, whose objects no program makes itself. */
const GIVEN = ["Deadline", "Subscription", "Reservation"];

test("each of its names stands in a round, or has a reason not to", () => {
  const missing = publicNames().filter(
    (name) => !isExempt(name) && !isMeasured(name) && !GIVEN.includes(name),
  );
  assert.equal(missing, []);
});

test("no name has a reason that it does not need", () => {
  const names = publicNames();
  assert.equal(
    [...Object.keys(AT_THE_START), ...Object.keys(ALLOCATES)].filter((name) => !names.includes(name)),
    [],
  );
});
