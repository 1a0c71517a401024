/**
 * What jobs call: an exported function of a module, by its URL and name, or a function that stands alone, by its source.
 * Each is told to a worker once, and has a number from then on.
 */
import { isAbsolute } from "node:path";
import { pathToFileURL } from "node:url";
import { coded } from "../tool-errors.js";
import type { JobFunction, JobOptions, ModuleFunction } from "./types.js";

/** A function in words that another thread can make it of. */
export interface Draft {
  /** For people. */
  readonly name: string;
  /** An expression that gives the function; else it is the export of the module. */
  readonly source?: string;
  readonly module?: string;
  readonly export?: string;
}

/** Runs a function that another thread has described. */
export type RunDraft = (fn: Draft, args: readonly unknown[], options: JobOptions) => Promise<unknown>;

/** One that has a number. */
export interface Definition extends Draft {
  readonly id: number;
}

/** The functions of all jobs so far. */
export class Functions {
  readonly all: Definition[] = [];
  private readonly known_ = new WeakMap<JobFunction, Definition>();
  private readonly byText_ = new Map<string, Definition>();

  /** `told` is called with each new function, before a job with it is queued. */
  constructor(private readonly told_: (definition: Definition) => void) {}

  /** @throws E421 when no other thread could call it */
  define(fn: JobFunction): Definition {
    const known = this.known_.get(fn);
    if (known !== undefined) return known;
    const definition = this.add(draftOf(fn));
    this.known_.set(fn, definition);
    return definition;
  }

  /** The definition that `draft` has, or gets. */
  add(draft: Draft): Definition {
    // Closures made anew for each job have one text.
    const text = `${draft.source ?? ""}\n${draft.module ?? ""}\n${draft.export ?? ""}`;
    return this.byText_.get(text) ?? this.add_(text, draft);
  }

  private add_(text: string, draft: Draft): Definition {
    const definition = { ...draft, id: this.all.length };
    this.all.push(definition);
    this.byText_.set(text, definition);
    this.told_(definition);
    return definition;
  }
}

/** `fn` in words. @throws E421 when no other thread could call it */
export function draftOf(fn: JobFunction): Draft {
  return typeof fn === "function" ? bySource(fn) : byModule(fn);
}

function byModule(fn: ModuleFunction): Draft {
  const { module: given, export: name = "default" } =
    (fn as Partial<ModuleFunction> | null | undefined) ?? {};
  if (given instanceof URL) return { name, module: given.href, export: name };
  if (typeof given !== "string" || given === "")
    throw refused(name, "no module is named. Give { module, export }");
  if (isAbsolute(given)) return { name, module: pathToFileURL(given).href, export: name };
  if (/^\.\.?\//.test(given)) {
    const advice = `Give new URL("${given}", import.meta.url)`;
    throw refused(name, `module "${given}" is relative, and a worker does not know to what. ${advice}`);
  }
  return { name, module: given, export: name };
}

function bySource(fn: (...args: never[]) => unknown): Draft {
  const name = fn.name === "" ? "job" : fn.name;
  const text = Function.prototype.toString.call(fn);
  if (/\{\s*\[native code\]\s*\}$/.test(text)) {
    throw refused(name, "a bound or native function has no source. Wrap it: (x) => Math.sqrt(x)");
  }
  if (/^class\b/.test(text))
    throw refused(name, "a class cannot be called. Give a function that makes the object");
  if (/^(Async)?GeneratorFunction$/.test(fn.constructor.name)) {
    throw refused(name, "a generator's result cannot leave its thread. Give a function that returns a list");
  }
  const source = expressionOf(text);
  if (source === undefined)
    throw refused(name, "its source is no function by itself. Give { module, export }");
  return { name, source };
}

/** `text` as an expression: a method is one in an object. */
function expressionOf(text: string): string | undefined {
  return [`(${text})`, `Object.values({ ${text} })[0]`].find(isExpression);
}

function isExpression(source: string): boolean {
  try {
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- only parsed
    new Function(`"use strict"; return ${source};`);
    return true;
  } catch {
    return false;
  }
}

function refused(name: string, text: string): Error {
  return coded("E421", name, `${text}; a job runs on another thread`);
}
