/** What the command line asks for. */
import { parseArgs } from "node:util";

export interface Request {
  readonly areas: readonly string[];
  /** Whether areas were named, or all are meant. */
  readonly isChosen: boolean;
  readonly json: boolean;
  /** Whether what is measured is kept in bench/results. */
  readonly save: boolean;
}

/** Reads the arguments; a sentence when they make no sense. */
export function readRequest(args: readonly string[], known: readonly string[]): Request | string {
  const usage = `usage: npm run bench [-- [AREA...] [--json] [--save]], where AREA is one of ${known.join(", ")}`;
  try {
    const flag = { type: "boolean", default: false } as const;
    const options = { json: flag, save: flag };
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
    const unknown = positionals.find((area) => !known.includes(area));
    if (unknown !== undefined) return `unknown area "${unknown}": there are ${known.join(", ")}`;
    const isChosen = positionals.length > 0;
    return {
      areas: isChosen ? [...new Set(positionals)] : known,
      isChosen,
      json: values.json,
      save: values.save,
    };
  } catch (error) {
    return `${(error as Error).message.split("\n")[0] ?? ""}; ${usage}`;
  }
}
