/** Random programs as trees of statements, so that a failing one can be made smaller statement by statement. */

/** One statement: text and bodies in turn, `["if (x) ", [...], " else ", [...]]`. */
export interface Statement {
  readonly parts: readonly (string | readonly Statement[])[];
}

/** One async function of a program, or a class: its members are statements. */
export interface FuzzFunction {
  readonly head: string;
  readonly body: readonly Statement[];
  /** What follows the body. */
  readonly tail?: string;
}

/** One program: functions of a module, the last of which is `main`. */
export interface FuzzProgram {
  readonly seed: number;
  readonly functions: readonly FuzzFunction[];
  /** Module-level lines before the functions. */
  readonly prelude: string;
  /** Whether some of it runs at times that only our executor knows: no promise-based twin. */
  readonly isTimed: boolean;
  /** The odd millisecond at which it is cancelled. */
  readonly cancelledAt?: number;
}

export function line(text: string): Statement {
  return { parts: [text] };
}

/** The text of `program`; names that other programs of the module may have end in `id`. */
export function render(program: FuzzProgram, id: number): string {
  const functions = program.functions.map(
    ({ head, body, tail = "" }) => `${head} ${renderBody(body, "")}${tail}`,
  );
  return [program.prelude, ...functions].join("\n").replaceAll("@", String(id));
}

function renderBody(body: readonly Statement[], indent: string): string {
  const inner = `${indent}  `;
  const lines = body.map((statement) => inner + renderStatement(statement, inner));
  return ["{", ...lines, `${indent}}`].join("\n");
}

function renderStatement(statement: Statement, indent: string): string {
  return statement.parts.map((part) => (typeof part === "string" ? part : renderBody(part, indent))).join("");
}

/** All programs that are `program` without one statement, or with a statement replaced by one of its bodies. */
export function smaller(program: FuzzProgram): FuzzProgram[] {
  return program.functions.flatMap((fn, i) =>
    smallerBodies(fn.body).map((body) => ({
      ...program,
      functions: program.functions.map((each, j) => (i === j ? { ...fn, body } : each)),
    })),
  );
}

function smallerBodies(body: readonly Statement[]): Statement[][] {
  const results: Statement[][] = [];
  body.forEach((statement, at) => {
    const replaced = (by: readonly Statement[]): Statement[] => [
      ...body.slice(0, at),
      ...by,
      ...body.slice(at + 1),
    ];
    results.push(replaced([]));
    statement.parts.forEach((part, i) => {
      if (typeof part === "string") return;
      results.push(replaced(part));
      for (const inner of smallerBodies(part)) {
        const parts = statement.parts.map((each, j) => (i === j ? inner : each));
        results.push(replaced([{ parts }]));
      }
    });
  });
  return results;
}
