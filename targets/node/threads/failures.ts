/** Errors on their way to another thread: with their name, message, stack, code and cause, as nearly as can be. */
import { coded } from "../tool-errors.js";

/** An error in words; `value` is what was thrown when it is no error. */
export interface Failure {
  readonly isError: boolean;
  readonly value?: unknown;
  readonly name?: string;
  /** The standard class that it is of, or extends. */
  readonly base?: string | undefined;
  readonly message?: string;
  readonly stack?: string | undefined;
  readonly cause?: Failure;
  readonly errors?: readonly Failure[];
  /** Other properties of its own: `code`, `errno`, `path`. */
  readonly more?: Readonly<Record<string, unknown>>;
}

/** A chain of causes may be a ring. */
const DEPTH = 8;

/** `thrown` in words; what cannot be cloned is left out. */
export function describe(thrown: unknown, depth = DEPTH): Failure {
  try {
    return inWords(thrown, depth);
  } catch (error) {
    // Getters and proxies throw what they like.
    return { isError: true, message: `what was thrown cannot be read: ${reasonOf(error)}` };
  }
}

function inWords(thrown: unknown, depth: number): Failure {
  if (!(thrown instanceof Error)) return { isError: false, value: cloneable(thrown) };
  const { name, message, stack } = thrown;
  const more: Record<string, unknown> = {};
  for (const key of Object.keys(thrown)) {
    const value = (thrown as unknown as Record<string, unknown>)[key];
    if (key !== "stack" && key !== "cause" && key !== "errors" && isCloneable(value)) more[key] = value;
  }
  const hasCause = "cause" in thrown && depth > 0;
  const isMany = thrown instanceof AggregateError && depth > 0;
  return {
    isError: true,
    ...{ name, base: baseOf(thrown), message, stack, more },
    ...(hasCause ? { cause: describe(thrown.cause, depth - 1) } : {}),
    ...(isMany ? { errors: thrown.errors.map((each) => describe(each, depth - 1)) } : {}),
  };
}

const STANDARD = new Map<string, new (message?: string) => Error>(
  [EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError].map((each) => [each.name, each]),
);

function baseOf(error: Error): string | undefined {
  if (error instanceof DOMException) return DOMException.name;
  for (const [name, standard] of STANDARD) if (error instanceof standard) return name;
  return undefined;
}

/** The error again: of its own class if that is a standard one, else of the one that this extends. */
export function revive(failure: Failure): unknown {
  if (!failure.isError) return failure.value;
  const { name = "Error", stack, cause } = failure;
  const error = bare(failure);
  if (error.name !== name) define(error, "name", name);
  define(error, "stack", stack);
  if (cause !== undefined) define(error, "cause", revive(cause));
  return Object.assign(error, failure.more);
}

/** It by its class and message alone. */
function bare({ name, base = "", message = "", errors }: Failure): Error {
  if (errors !== undefined) return new AggregateError(errors.map(revive), message);
  // Its name says its code.
  if (base === DOMException.name) return new DOMException(message, name);
  return new (STANDARD.get(base) ?? Error)(message);
}

function define(error: Error, key: string, value: unknown): void {
  Object.defineProperty(error, key, { value, writable: true, configurable: true });
}

function isCloneable(value: unknown): boolean {
  if (typeof value === "function" || typeof value === "symbol") return false;
  if (typeof value !== "object" || value === null) return true;
  try {
    structuredClone(value);
    return true;
  } catch {
    return false;
  }
}

function cloneable(value: unknown): unknown {
  return isCloneable(value) ? value : String(value);
}

/** What a sentence says of an error. */
export function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\.$/, "");
}

/** Why a worker is no more. */
export interface Death {
  readonly code: "E430" | "E431" | "E432" | "E433" | "E434" | "E435" | "E437";
  readonly text: string;
  readonly cause?: unknown;
}

/** The error of a job, or of a lane, that ended with its worker. */
export function deathError({ code, text, cause }: Death, subject: string): Error {
  const error = coded(code, subject, text);
  if (cause !== undefined) define(error, "cause", cause);
  return error;
}
