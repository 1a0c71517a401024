import * as assert from "uvu/assert";
import { findXs } from "../../../../cli/engines/find.js";
import { XsEngine, XsScriptError, type XsOptions } from "../../../../cli/engines/xs.js";
import { suite } from "../../../support/suite.js";

const test = suite("cli/engines/xs");

/** Lends a fresh engine to `use` and closes it, whatever happens. */
async function withXs<T>(use: (xs: XsEngine) => Promise<T>, options?: XsOptions): Promise<T> {
  const { path, missing } = findXs();
  if (path === undefined) throw new Error(missing);
  const xs = new XsEngine(path, options);
  try {
    return await use(xs);
  } finally {
    await xs.close();
  }
}

/** The error that a promise fails with. */
async function failure(promise: Promise<unknown>): Promise<Error> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof Error) return error;
  throw new Error("it did not fail");
}

test("gives the value of a script as text", () =>
  withXs(async (xs) => {
    assert.is((await xs.evaluate("[1, 2].map(x => x * 21)")).text, "21,42");
    assert.is((await xs.evaluate("'é😀' + '\\u2028'")).text, "é😀\u2028");
    assert.is((await xs.evaluate("undefined")).text, "");
    assert.is((await xs.evaluate("null")).text, "null");
  }));

test("keeps globals from one script to the next", () =>
  withXs(async (xs) => {
    await xs.evaluate("var count = 1; globalThis.add = n => (count += n);");

    assert.is((await xs.evaluate("add(2); add(3)")).text, "6");
  }));

test("carries long sources and long answers", () =>
  withXs(async (xs) => {
    const long = "x".repeat(3_000_000);

    assert.is((await xs.evaluate(`"${long}"`)).text, long);
  }));

test("waits for the promise that a script returns", () =>
  withXs(async (xs) => {
    assert.is((await xs.evaluate("(async () => { await 0; return 7; })()")).text, "7");
  }));

test("answers scripts in the order they were given", () =>
  withXs(async (xs) => {
    const replies = await Promise.all([xs.evaluate("1"), xs.evaluate("2"), xs.evaluate("3")]);

    assert.equal(replies.map((reply) => reply.text), ["1", "2", "3"]); // prettier-ignore
  }));

test("reports what a script throws as one clear error, and runs on", () =>
  withXs(async (xs) => {
    const error = await failure(xs.evaluate("(function poll() {\n  return missing.pin;\n})()"));

    assert.instance(error, XsScriptError);
    assert.is(error.message, "ReferenceError: poll: get missing: undefined variable");
    assert.match(error instanceof XsScriptError ? (error.calls[0] ?? "") : "", /^at poll \(.*\)/);
    assert.is((await xs.evaluate("1")).text, "1");
  }));

test("reports a syntax error, a thrown value and a failed promise", () =>
  withXs(async (xs) => {
    assert.match((await failure(xs.evaluate("function f({"))).message, /^SyntaxError: /);
    assert.is((await failure(xs.evaluate("throw 'E112'"))).message, "E112");
    assert.is((await failure(xs.evaluate("throw Object.create(null)"))).message, "a value that has no text");
    assert.is((await failure(xs.evaluate("Promise.reject(new TypeError('no'))"))).message, "TypeError: no");
    assert.match((await failure(xs.evaluate("new Promise(() => {})"))).message, /never settles/);
  }));

test("hears what scripts print", async () => {
  const lines: string[] = [];

  await withXs((xs) => xs.evaluate("print('one', 1, null); print(); print('zwö')"), {
    onPrint: (line) => lines.push(line),
  });

  assert.equal(lines, ["one 1 null", "", "zwö"]);
});

test("answers commands of a script, later too", () =>
  withXs(
    async (xs) => {
      assert.is((await xs.evaluate("command('now') + command('now')")).text, "now!now!");
      assert.is(
        (await xs.evaluate("issueCommand(new TextEncoder().encode('x').buffer).byteLength")).text,
        "2",
      );
    },
    { onCommand: (text) => new Promise((done) => setImmediate(() => done(`${text}!`))) },
  ));

test("ends with a reason when nobody can answer a command", () =>
  withXs(
    async (xs) => {
      const error = await failure(xs.evaluate("command('now')"));

      assert.match(error.message, "nobody could answer its command: no clock");
    },
    {
      onCommand: () => {
        throw new Error("no clock");
      },
    },
  ));

test("meters what a script uses, and no meter stops it", () =>
  withXs(async (xs) => {
    const short = await xs.evaluate("for (let i = 0; i < 10; i++);");
    // The worker's usual limit is 1e8 steps for one script.
    const long = await xs.evaluate("for (let i = 0; i < 12e6; i++);");

    assert.ok(long.meter.compute > 1e8);
    assert.ok(short.meter.compute < 1000);
    assert.ok(short.meter.currentHeapCount > 1000);
    assert.ok(short.meter.allocate > 1e6);
  }));

test("counts slots: promises leave garbage, numbers do not", () =>
  withXs(async (xs) => {
    const slots = async (source: string): Promise<number> => {
      const before = (await xs.evaluate("gc()")).meter.currentHeapCount;
      return (await xs.evaluate(source)).meter.currentHeapCount - before;
    };

    assert.ok((await slots("var n = 0; for (let i = 0; i < 1000; i++) n = (n + i) | 0;")) < 200);
    assert.ok((await slots("for (let i = 0; i < 1000; i++) new Promise(() => {}); 0")) > 5000);
  }));

test("tells why the engine ended, to the script that ended it and to later ones", () =>
  withXs(async (xs) => {
    const error = await failure(xs.evaluate("(function f() { f(); })()"));

    assert.is(error.message, "XS has ended: its stack overflowed");
    assert.is((await failure(xs.evaluate("1"))).message, "XS has ended: its stack overflowed");
  }));

test("ends a script that does not end", () =>
  withXs(
    async (xs) => {
      assert.is((await failure(xs.evaluate("for (;;);"))).message, "XS has ended: no answer within 300 ms");
    },
    { timeoutMs: 300 },
  ));

test("ends the script that runs when it is closed", () =>
  withXs(async (xs) => {
    const failed = failure(xs.evaluate("for (;;);"));
    await new Promise((done) => setTimeout(done, 100));

    await xs.close();

    assert.is((await failed).message, "XS has ended: it was closed");
  }));

test("keeps rejections that nobody caught", async () => {
  const complaints = await withXs(async (xs) => {
    await xs.evaluate("Promise.reject(new Error('lost')); 1");
    return xs.complaints;
  });

  assert.equal(complaints, ["UnhandledPromiseRejectionWarning: Error: lost"]);
});

test("says so when the binary does not start", async () => {
  const xs = new XsEngine("/no/xsnap-worker");

  assert.match((await failure(xs.evaluate("1"))).message, /XS has ended: it does not start: .*ENOENT/);
  await xs.close();
});
