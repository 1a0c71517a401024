/** The functions that this worker has been told of, made when they are first called. */
import { coded } from "../../tool-errors.js";
import type { Definition } from "../functions.js";

export type Callable = (...args: readonly unknown[]) => unknown;

export class Callables {
  private readonly definitions_: Definition[] = [];
  private readonly made_: Callable[] = [];

  add(definition: Definition): void {
    this.definitions_[definition.id] = definition;
  }

  knows(id: number): boolean {
    return id in this.definitions_;
  }

  nameOf(id: number): string {
    return this.definitions_[id]?.name ?? "job";
  }

  /** The function of that number, if it is there already. */
  get(id: number): Callable | undefined {
    return this.made_[id];
  }

  /** Makes it, at once or when its module is there. @throws E427 when the module does not export it */
  load(id: number): Callable | Promise<Callable> {
    const definition = this.definitions_[id];
    if (definition === undefined) throw new Error(`function ${id} is not known`);
    const { module, source } = definition;
    if (module === undefined) return this.keep_(id, evaluated(source ?? ""));
    return import(module).then((exports: object) => this.keep_(id, exported(definition, exports)));
  }

  private keep_(id: number, callable: Callable): Callable {
    this.made_[id] = callable;
    return callable;
  }

  /** An error of a job, in words that say more where its source used names that are not in it. */
  explain(id: number, error: unknown): unknown {
    const definition = this.definitions_[id];
    if (definition?.source === undefined || !(error instanceof ReferenceError)) return error;
    const [, name] = /^(\S+) is not defined$/.exec(error.message) ?? [];
    if (name === undefined) return error;
    const advice = `Give it as an argument, or the function as { module, export }`;
    const text = `uses "${name}" of the code around it, which is not on the worker's thread. ${advice}`;
    return Object.assign(coded("E422", definition.name, text), { cause: error });
  }
}

function evaluated(source: string): Callable {
  // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- the user's own function
  return new Function(`"use strict"; return ${source};`)() as Callable;
}

function exported({ name, module, ...rest }: Definition, exports: object): Callable {
  const value = (exports as Record<string, unknown>)[rest.export ?? "default"];
  const found = typeof value === "function" ? value : ofCommonJs(exports, name);
  if (typeof found === "function") return found as Callable;
  const has = Object.keys(exports).join(", ");
  throw coded(
    "E427",
    name,
    `is no exported function of ${module ?? ""}, which has ${has === "" ? "none" : has}`,
  );
}

/** Names of a CommonJS module that its import does not show, or shows as part of what it calls its default. */
function ofCommonJs(exports: object, name: string): unknown {
  const whole: unknown = "default" in exports ? exports.default : undefined;
  return typeof whole === "object" && whole !== null ? (whole as Record<string, unknown>)[name] : undefined;
}
