/**
 * Reads a regular expression at build time into what our matcher walks over (builtins/matcher.ts):
 *
 *     "'text"            the text itself
 *     "=azAZ" "!\n\n"    one character that is (or is not) in the ranges a-z, A-Z
 *     0 1 2 3 4 5        ^ $ \b \B, and ^ $ of lines (flag m)
 *     [set, 0, 9e9, 0]   a set, at least 0 times, at most so many; 1: lazily
 *     { a: [...] }       alternatives, each a list of these; g: its number when it captures; n, x, z as above;
 *                        c: the numbers captured inside, first and past last; l: 1 or -1 for a look ahead
 *     { b: 1 }           what group 1 has captured
 *
 * Case is folded here, so that the matcher knows none.
 */

/** One step; see above. */
export type Step = string | number | readonly [string, number, number, number] | Group;

/** Alternatives, or a back reference. */
export interface Group {
  readonly a?: readonly (readonly Step[])[];
  readonly g?: number;
  readonly n?: number;
  readonly x?: number;
  readonly z?: number;
  readonly c?: readonly [number, number];
  readonly l?: number;
  readonly b?: number;
}

/** An expression, read. */
export interface Parsed {
  readonly alternatives: readonly (readonly Step[])[];
  /** How many groups capture. */
  readonly groups: number;
  /** Named groups. */
  readonly names: Readonly<Record<string, number>>;
}

/** Thrown for what the matcher cannot do; `code` is the profile's. */
export class RegExpRefusal extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

const ENDLESS = 9e9;
const DIGIT = "09";
const WORD = "azAZ09__";
const SPACE = "  \t\r\xa0\xa0";
const LINE_END = "\n\n\r\r";

/** @throws RegExpRefusal */
export function parseRegExp(source: string, flags: string): Parsed {
  return new Parser(source, flags).parse();
}

class Parser {
  readonly #text: string;
  readonly #flags: string;
  #at = 0;
  #groups = 0;
  readonly #names: Record<string, number> = {};

  constructor(text: string, flags: string) {
    this.#text = text;
    this.#flags = flags;
    if (/[^dgimsuy]/.test(flags)) throw new RegExpRefusal("C577");
  }

  parse(): Parsed {
    const alternatives = this.#alternatives();
    if (this.#at < this.#text.length) throw new RegExpRefusal("C577");
    return { alternatives, groups: this.#groups, names: this.#names };
  }

  #has(text: string): boolean {
    if (!this.#text.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }

  #alternatives(): Step[][] {
    const list = [this.#sequence()];
    while (this.#has("|")) list.push(this.#sequence());
    return list;
  }

  #sequence(): Step[] {
    const steps: Step[] = [];
    while (this.#at < this.#text.length && !/[|)]/.test(this.#text[this.#at]!)) {
      const step = this.#repeated(this.#step());
      const last = steps[steps.length - 1];
      const isText = typeof step === "string" && step.startsWith("'");
      if (isText && typeof last === "string" && last.startsWith("'")) {
        steps[steps.length - 1] = last + step.slice(1);
      } else steps.push(step);
    }
    return steps;
  }

  #step(): Step {
    const multi = this.#flags.includes("m") ? 4 : 0;
    if (this.#has("^")) return multi;
    if (this.#has("$")) return multi + 1;
    if (this.#has("\\b")) return 2;
    if (this.#has("\\B")) return 3;
    if (this.#has("(")) return this.#group();
    if (this.#has(".")) return this.#flags.includes("s") ? "!" : `!${LINE_END}`;
    if (this.#has("[")) return this.#class();
    const reference = /^\\(?:([1-9]\d*)|k<([^>]*)>)/.exec(this.#text.slice(this.#at));
    if (reference) return this.#reference(reference);
    const set = this.#character();
    return this.#exactly(set);
  }

  #reference(match: RegExpExecArray): Step {
    if (this.#flags.includes("i")) throw new RegExpRefusal("C575");
    this.#at += match[0].length;
    const number = match[1] === undefined ? this.#names[match[2] ?? ""] : Number(match[1]);
    // Forward references, and octal escapes of old.
    if (number === undefined || number > this.#groups) throw new RegExpRefusal("C575");
    return { b: number };
  }

  #exactly(set: string): Step {
    const ranges = this.#folded(set.slice(1));
    const isOne = set.startsWith("=") && ranges.length === 2 && ranges[0] === ranges[1];
    return isOne ? `'${ranges[0]}` : set[0]! + ranges;
  }

  #group(): Step {
    if (this.#has("?<=") || this.#has("?<!")) throw new RegExpRefusal("C573");
    const ahead = this.#has("?=") ? 1 : this.#has("?!") ? -1 : 0;
    if (ahead !== 0) return this.#closed({ l: ahead });
    if (this.#has("?:")) return this.#closed({});
    const g = ++this.#groups;
    const name = /^\?<([^>]+)>/.exec(this.#text.slice(this.#at));
    if (name) {
      this.#at += name[0].length;
      this.#names[name[1]!] = g;
    } else if (this.#has("?")) throw new RegExpRefusal("C577");
    return this.#closed({ g });
  }

  #closed(group: Group): Step {
    const first = this.#groups + 1;
    const a = this.#alternatives();
    if (!this.#has(")")) throw new RegExpRefusal("C577");
    const past = this.#groups + 1;
    const from = group.g ?? first;
    return { ...group, a, ...(past > from ? { c: [from, past] as const } : {}) };
  }

  /** A character class after its `[`. */
  #class(): Step {
    const sign = this.#has("^") ? "!" : "=";
    let ranges = "";
    while (!this.#has("]")) {
      if (this.#at >= this.#text.length) throw new RegExpRefusal("C577");
      const low = this.#has("\\b") ? "=\b\b" : this.#character(true);
      const isRange =
        low.length === 3 &&
        this.#text[this.#at] === "-" &&
        this.#text[this.#at + 1] !== "]" &&
        low.startsWith("=");
      if (!isRange) {
        ranges += low.startsWith("=") ? low.slice(1) : inverted(low.slice(1));
        continue;
      }
      this.#at++;
      const high = this.#character(true);
      ranges += high.length === 3 ? low[1]! + high[1]! : `${low.slice(1)}--${high.slice(1)}`;
    }
    return sign + this.#folded(ranges);
  }

  /** One character or an escape, as a set. */
  #character(inClass = false): string {
    const c = this.#text[this.#at++]!;
    if (c !== "\\") return `=${c}${c}`;
    const e = this.#text[this.#at++] ?? "\\";
    if (e === "d") return `=${DIGIT}`;
    if (e === "D") return `!${DIGIT}`;
    if (e === "w") return `=${WORD}`;
    if (e === "W") return `!${WORD}`;
    if (e === "s") return `=${SPACE}`;
    if (e === "S") return `!${SPACE}`;
    if (e === "p" || e === "P") throw new RegExpRefusal("C577");
    const one = this.#escaped(e, inClass);
    return `=${one}${one}`;
  }

  #escaped(e: string, inClass: boolean): string {
    const plain = "nrtfv0".indexOf(e);
    if (plain >= 0) return "\n\r\t\f\v\0"[plain]!;
    if (e === "c") return String.fromCharCode(this.#text.charCodeAt(this.#at++) & 31);
    const size = e === "x" ? 2 : e === "u" ? 4 : 0;
    const hex = this.#text.slice(this.#at, this.#at + size);
    if (size > 0 && new RegExp(`^[0-9a-f]{${size}}$`, "i").test(hex)) {
      this.#at += size;
      return String.fromCharCode(parseInt(hex, 16));
    }
    if (e === "u" || (e >= "1" && e <= "9" && !inClass)) throw new RegExpRefusal("C577");
    return e;
  }

  #repeated(step: Step): Step {
    const match = /^(?:[*+?]|\{(\d+)(,(\d*))?\})/.exec(this.#text.slice(this.#at));
    if (!match) return step;
    this.#at += match[0].length;
    const lazy = this.#has("?") ? 1 : 0;
    const sign = match[0][0];
    const from = sign === "{" ? Number(match[1]) : sign === "+" ? 1 : 0;
    const to = sign === "?" ? 1 : sign !== "{" || match[3] === "" ? ENDLESS : Number(match[3] ?? from);
    if (typeof step === "string") return [asSet(step), from, to, lazy];
    return typeof step === "object" && !("length" in step)
      ? { ...(step.b === undefined ? step : { a: [[step]] }), n: from, x: to, z: lazy }
      : { a: [[step]], n: from, x: to, z: lazy };
  }

  /** Ranges with both cases of each letter, for the flag i. */
  #folded(ranges: string): string {
    if (!this.#flags.includes("i")) return ranges;
    let all = ranges;
    for (let i = 0; i < ranges.length; i += 2) {
      for (const [from, to, by] of [
        ["a", "z", -32],
        ["A", "Z", 32],
      ] as const) {
        const low = ranges[i]! > from ? ranges[i]! : from;
        const high = ranges[i + 1]! < to ? ranges[i + 1]! : to;
        if (low <= high) all += moved(low, by) + moved(high, by);
      }
    }
    return all;
  }
}

const moved = (c: string, by: number): string => String.fromCharCode(c.charCodeAt(0) + by);

/** A text of one character, as a set. */
const asSet = (step: string): string => (step.startsWith("'") ? `=${step[1]}${step[1]}` : step);

/** What lies between sorted ranges: for `[\D...]`. */
function inverted(ranges: string): string {
  const sorted = [...Array(ranges.length / 2).keys()]
    .map((i) => [ranges.charCodeAt(2 * i), ranges.charCodeAt(2 * i + 1)] as const)
    .sort((a, b) => a[0] - b[0]);
  let next = 0;
  let out = "";
  for (const [low, high] of sorted) {
    if (low > next) out += String.fromCharCode(next, low - 1);
    next = Math.max(next, high + 1);
  }
  return next > 0xffff ? out : out + String.fromCharCode(next, 0xffff);
}
