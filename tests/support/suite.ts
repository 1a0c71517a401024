/**
 * Suites: uvu's, which run themselves and cannot pass when nothing ran.
 *
 * uvu ends with success when nobody called `run()`, when a file registers nothing, and when a `before` hook
 * throws. Here a test counts as passed only once its body returned; every other registered test failed.
 */
import { suite as uvuSuite } from "uvu";

type Body = () => void | Promise<void>;
type Hook = (body: Body) => void;

/** Registers the tests of one module; made by {@link suite}. */
export interface Suite {
  /** Adds a test: `title` is a sentence of behaviour, present tense, condition last. */
  (title: string, body: Body): void;
  /** Adds a test that cannot run here, and says why and what would let it run. */
  skip(title: string, reason: string): void;
  readonly before: Hook & { readonly each: Hook };
  readonly after: Hook & { readonly each: Hook };
}

/** Thrown by a test that sees only while it runs that it cannot tell anything here: it counts as skipped. */
export class Unable extends Error {}

const unfinished = new Set<string>();
const neverStarted = new Set<string>();
const skips: { title: string; reason: string }[] = [];
let registered = 0;

/**
 * Starts a suite, named after the file it tests: `suite("core/timer-wheel")`. Runs itself.
 *
 * Tests must be registered before the first top-level `await`: prepare what takes time in `before`.
 */
export function suite(name: string): Suite {
  const tests = uvuSuite(name);
  queueMicrotask(() => {
    tests.run();
  });
  return Object.assign(
    (title: string, body: Body) => {
      if (isWanted(title)) tests(title, counted(`${name}: ${title}`, body));
    },
    {
      skip,
      before: Object.assign(loud(name, tests.before), { each: (body: Body) => tests.before.each(body) }),
      after: tests.after,
    },
  );
}

/** `npm test -- --only WORDS`: the tests with these words in their title. */
function isWanted(title: string): boolean {
  return title.includes(process.env["ONLY"] ?? "");
}

/** uvu says nothing about an error in a `before` hook. */
function loud(name: string, hook: Hook): Hook {
  return (body) => {
    hook(async () => {
      try {
        await body();
      } catch (error) {
        process.stdout.write(
          `BEFORE ${name}: ${error instanceof Error ? String(error.stack) : String(error)}\n`,
        );
        throw error;
      }
    });
  };
}

function counted(title: string, body: Body): Body {
  const key = `${title} (${String(++registered)})`;
  unfinished.add(key);
  neverStarted.add(key);
  return async () => {
    neverStarted.delete(key);
    try {
      await body();
    } catch (error) {
      if (!(error instanceof Unable)) throw error;
      registered--;
      skip(title, error.message);
    }
    unfinished.delete(key);
  };
}

function skip(title: string, reason: string): void {
  if (!isWanted(title)) return;
  skips.push({ title, reason });
  // uvu may be in the middle of a line.
  process.stdout.write(`\nSKIP ${title}: ${reason}\n`);
}

/** Reports to scripts/test.mjs, which reads the last line of this form. */
process.on("exit", () => {
  for (const title of neverStarted) process.stdout.write(`NEVER RAN ${title}\n`);
  const isEmpty = registered + skips.length === 0 && !("ONLY" in process.env);
  if (unfinished.size > 0 || isEmpty) process.exitCode = 1;
  const counts = { passed: registered - unfinished.size, failed: unfinished.size, skipped: skips.length };
  process.stdout.write(`\n@tests ${JSON.stringify({ ...counts, skips })}\n`);
});
