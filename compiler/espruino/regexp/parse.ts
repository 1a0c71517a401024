/**
 * Reads a regular expression into what our matcher walks over (builtins/matcher.ts). The build does so, and programs
 * that make expressions at run time do: there this module is in the bundle, so it is written for that.
 *
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

const ENDLESS = 9e9;
const DIGIT = "09";
const WORD = "azAZ09__";
const SPACE = "  \t\r\xa0\xa0";
const LINE_END = "\n\n\r\r";

/** The sets of \d, \w, \s; capitals are all the others. */
const CLASSES: Readonly<Record<string, string>> = { d: DIGIT, w: WORD, s: SPACE };
const CONTROLS: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", f: "\f", v: "\v", "0": "\0" };

let text: string;
let flags: string;
let at: number;
let groups: number;
let names: Record<string, number>;

/** @throws SyntaxError with the profile's code for what the matcher cannot do */
export function parseRegExp(source: string, modifiers: string): Parsed {
  text = source;
  flags = modifiers;
  at = groups = 0;
  names = {};
  for (let i = 0; i < flags.length; i++) if ("dgimsuy".indexOf(flags[i]!) < 0) refuse("C577");
  const alternatives = choice();
  if (at < text.length) refuse("C577");
  return { alternatives, groups, names };
}

function refuse(code: string): never {
  throw new SyntaxError(code);
}

const has = (flag: string): boolean => flags.indexOf(flag) >= 0;

function takes(part: string): boolean {
  if (text.slice(at, at + part.length) !== part) return false;
  at += part.length;
  return true;
}

const isDigit = (c: string | undefined): boolean => c !== undefined && c >= "0" && c <= "9";

function number(): number {
  const start = at;
  while (isDigit(text[at])) at++;
  return at === start ? NaN : Number(text.slice(start, at));
}

/** What stands up to `end`, which is left behind. */
function until(end: string): string {
  const start = at;
  at = text.indexOf(end, start) + 1;
  if (at === 0) refuse("C577");
  return text.slice(start, at - 1);
}

function choice(): Step[][] {
  const list = [sequence()];
  while (takes("|")) list.push(sequence());
  return list;
}

function sequence(): Step[] {
  const steps: Step[] = [];
  while (at < text.length && text[at] !== "|" && text[at] !== ")") {
    const step = repeated(single());
    const last = steps[steps.length - 1];
    if (isText(step) && isText(last)) steps[steps.length - 1] = last + step.slice(1);
    else steps.push(step);
  }
  return steps;
}

const isText = (step: Step | undefined): step is string => typeof step === "string" && step[0] === "'";

function single(): Step {
  const lines = has("m") ? 4 : 0;
  if (takes("^")) return lines;
  if (takes("$")) return lines + 1;
  if (takes("\\b")) return 2;
  if (takes("\\B")) return 3;
  if (takes("(")) return group();
  if (takes(".")) return has("s") ? "!" : "!" + LINE_END;
  if (takes("[")) return characters();
  if (text[at] === "\\" && text[at + 1]! >= "1" && text[at + 1]! <= "9") {
    at++;
    return reference(number());
  }
  if (takes("\\k<")) return reference(names[until(">")]);
  const set = character();
  const ranges = folded(set.slice(1));
  return set[0] === "=" && ranges.length === 2 && ranges[0] === ranges[1]
    ? "'" + ranges[0]
    : set[0]! + ranges;
}

/** Forward references, and octal escapes of old, are refused. */
function reference(b: number | undefined): Step {
  return b === undefined || b > groups || has("i") ? refuse("C575") : { b };
}

function group(): Step {
  if (takes("?<=") || takes("?<!")) refuse("C573");
  const l = takes("?=") ? 1 : takes("?!") ? -1 : 0;
  if (l !== 0 || takes("?:")) return closed(0, l);
  const g = ++groups;
  if (takes("?<")) names[until(">")] = g;
  else if (takes("?")) refuse("C577");
  return closed(g, 0);
}

/** The rest of a group; g and l are 0 where it does not capture or look ahead. */
function closed(g: number, l: number): Step {
  const from = g || groups + 1;
  const step: Writable<Group> = { a: choice() };
  if (!takes(")")) refuse("C577");
  if (g) step.g = g;
  if (l) step.l = l;
  if (groups >= from) step.c = [from, groups + 1];
  return step;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** A character class after its `[`. */
function characters(): Step {
  const sign = takes("^") ? "!" : "=";
  let ranges = "";
  while (!takes("]")) {
    if (at >= text.length) refuse("C577");
    const low = takes("\\b") ? "=\b\b" : character();
    if (low[0] === "!") ranges += inverted(low.slice(1));
    else if (isOne(low) && text[at] === "-" && text[at + 1] !== "]") ranges += rangeFrom(low);
    else ranges += low.slice(1);
  }
  return sign + folded(ranges);
}

function rangeFrom(low: string): string {
  at++;
  const high = character();
  return isOne(high) ? low[1]! + high[1]! : low.slice(1) + "--" + high.slice(1);
}

const isOne = (set: string): boolean => set.length === 3 && set[1] === set[2];

/** One character or an escape, as a set. */
function character(): string {
  const c = text[at++]!;
  const one = c === "\\" ? escaped(text[at++] ?? "\\") : c;
  return one.length > 1 ? one : "=" + one + one;
}

/** A character, or a set. */
function escaped(e: string): string {
  const kind = e.toLowerCase();
  if (CLASSES[kind] !== undefined) return (e === kind ? "=" : "!") + CLASSES[kind];
  if (CONTROLS[e] !== undefined) return CONTROLS[e];
  if (e === "c") return String.fromCharCode(text.charCodeAt(at++) & 31);
  if (kind === "p") refuse("C580");
  if (e !== "x" && e !== "u") return isDigit(e) ? refuse("C575") : e;
  const size = e === "x" ? 2 : 4;
  const code = text.slice(at, at + size);
  at += size;
  return code[0] === "{" ? refuse("C577") : String.fromCharCode(parseInt(code, 16));
}

function repeated(step: Step): Step {
  const sign = text[at];
  let from = sign === "+" ? 1 : 0;
  let to = sign === "?" ? 1 : ENDLESS;
  if (sign === "{" && isDigit(text[at + 1])) {
    at++;
    from = to = number();
    if (takes(",")) {
      const most = number();
      to = most === most ? most : ENDLESS;
    }
    if (text[at] !== "}") refuse("C577");
  } else if (sign !== "*" && sign !== "+" && sign !== "?") return step;
  at++;
  const lazy = takes("?") ? 1 : 0;
  if (typeof step === "string") return [isText(step) ? "=" + step[1] + step[1] : step, from, to, lazy];
  const inner: Group = typeof step === "object" && "a" in step ? step : { a: [[step]] };
  return Object.assign({}, inner, { n: from, x: to, z: lazy });
}

/** Ranges with both cases of each letter, for the flag i. */
function folded(ranges: string): string {
  let all = ranges;
  if (has("i")) {
    for (let i = 0; i < ranges.length; i += 2) {
      all +=
        moved(ranges[i]!, ranges[i + 1]!, "a", "z", -32) + moved(ranges[i]!, ranges[i + 1]!, "A", "Z", 32);
    }
  }
  return all;
}

/** What a range has of the letters from `first` to `last`, in the other case. */
function moved(low: string, high: string, first: string, last: string, by: number): string {
  const from = low > first ? low : first;
  const to = high < last ? high : last;
  if (from > to) return "";
  return String.fromCharCode(from.charCodeAt(0) + by) + String.fromCharCode(to.charCodeAt(0) + by);
}

/** What lies between the ranges of \d, \w and \s: for `[\D...]`. They are in no order. */
function inverted(ranges: string): string {
  let out = "";
  let open = "";
  for (let code = 0; code < 256; code++) {
    const c = String.fromCharCode(code);
    let isIn = false;
    for (let i = 0; i < ranges.length; i += 2) if (c >= ranges[i]! && c <= ranges[i + 1]!) isIn = true;
    if (!isIn && open === "") open = c;
    if (isIn && open !== "") {
      out += open + String.fromCharCode(code - 1);
      open = "";
    }
  }
  return out + open + "\uffff";
}
