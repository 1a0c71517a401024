/** The author's lines of a program on a board: engines tell where an error was in the code that they were given. */
import { basename } from "node:path";
import { TraceMap, decodedMappings, originalPositionFor } from "@jridgewell/trace-mapping";
import type { Bundle } from "./bundle.js";
import { isOneOf } from "./origins.js";

/** A place of the author: a line, from 1, and a column, from 0. */
export interface Place {
  readonly source: string;
  readonly line: number;
  readonly column: number;
}

/**
 * `at a (.bootcde:1:1027)` of Espruino, which knows columns of code that is stored, and ` at a (#1:33)` of XS, which knows
 * lines alone: 1 is the script after the one that it boots with.
 */
const CALL = /^(?:(\S+) )?\(?(?:\.bootcde|#1):(\d+)(?::(\d+))?\)?$/;

/** The code of a build, as an engine has it. */
export class Places {
  readonly #map: TraceMap;
  readonly #authored: readonly string[];

  /** `before` is what stands before the code. */
  constructor(
    { map, compiled }: Bundle,
    private readonly before = "",
  ) {
    this.#map = new TraceMap(map as ConstructorParameters<typeof TraceMap>[0]);
    this.#authored = [...compiled.modules.keys()];
  }

  /** The author's place of `call`, what an engine wrote behind "at"; undefined for those of the library. */
  of(call: string): Place | undefined {
    const [, , line, column] = CALL.exec(call) ?? [];
    if (line === undefined) return undefined;
    const above = this.before.split("\n");
    const own = Number(line) - above.length + 1;
    if (own < 1) return undefined;
    if (column === undefined) return this.#firstIn(own);
    const left = own === 1 ? (above.at(-1)?.length ?? 0) : 0;
    return this.#at(own, Math.max(0, Number(column) - 1 - left));
  }

  /** The author's first place in a line: not where it only goes on with what is above it. */
  #firstIn(line: number): Place | undefined {
    const lines = decodedMappings(this.#map);
    const above = lines
      .slice(0, line - 1)
      .flat()
      .at(-1);
    const all = (lines[line - 1] ?? []).flatMap((each) => {
      const place = this.#at(line, each[0]);
      return place === undefined ? [] : [{ place, isNew: each[2] !== above?.[2] || each[3] !== above?.[3] }];
    });
    return (all.find(({ isNew }) => isNew) ?? all[0])?.place;
  }

  #at(line: number, column: number): Place | undefined {
    const at = originalPositionFor(this.#map, { line, column });
    if (at.source === null || !isOneOf(this.#authored, at.source)) return undefined;
    return { source: at.source, line: at.line, column: at.column };
  }
}

/** What the engine calls the function of `call`; "" for none. */
export function nameIn(call: string): string {
  return CALL.exec(call)?.[1] ?? "";
}

/**
 * Gives the author's place, `main.ts:12:3`, of a call in `bundle` as Espruino writes it; undefined for others.
 * `before` is what stands before the code where that is stored.
 */
export function placesIn(bundle: Bundle, before: string): (call: string) => string | undefined {
  const places = new Places(bundle, before);
  return (call) => {
    const place = places.of(call);
    return place && `${basename(place.source)}:${place.line}:${place.column + 1}`;
  };
}
