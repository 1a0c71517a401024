/** What compiled code does at the end of a scope with `using`. Programs without one have nothing of this. */

/** What an engine's iterators and resources are known by; ES5's library does not know the word. */
declare const Symbol: { readonly dispose: unique symbol };

type Disposer = (this: unknown) => void;

/** The method that disposes of `resource`; undefined for null and undefined, which need none. @throws TypeError */
export function disposer(resource: unknown): Disposer | undefined {
  if (resource === null || resource === undefined) return undefined;
  // Espruino refuses to look for a property of a number.
  const isObject = typeof resource === "object" || typeof resource === "function";
  const method = isObject && (resource as { readonly [Symbol.dispose]: unknown })[Symbol.dispose];
  if (typeof method !== "function") throw new TypeError("the value of using has no Symbol.dispose");
  return method as Disposer;
}

/**
 * Disposes of `resource` after a scope that ended in the way `how`, 1 for a throw of `error`. When both throw, neither
 * error is lost.
 */
export function dispose(method: Disposer | undefined, resource: unknown, how: number, error: unknown): void {
  if (method === undefined) return;
  try {
    method.call(resource);
  } catch (latest) {
    throw suppressing(how, error, latest);
  }
}

/** What is thrown when cleanup threw `latest` after a scope that ended as `how` says. */
export function suppressing(how: number, error: unknown, latest: unknown): unknown {
  if (how !== 1) return latest;
  // A `SuppressedError`, by hand: of our engines only new Node versions have the class.
  const both = new Error("An error was suppressed during disposal") as Error & Record<string, unknown>;
  both.name = "SuppressedError";
  both["error"] = latest;
  both["suppressed"] = error;
  return both;
}
