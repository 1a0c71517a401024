/** What the builtin rules look for: names seen to be absent on Espruino 2v29, Linux build. */

const words = (text: string): string[] => text.split(/\s+/).filter(Boolean);

export const MISSING_GLOBALS: ReadonlySet<string> = new Set(
  words(`
  WeakRef FinalizationRegistry Proxy Reflect BigInt BigInt64Array BigUint64Array Intl Atomics SharedArrayBuffer
  TextEncoder TextDecoder performance URL AbortController escape unescape encodeURI decodeURI
`),
);

export const MISSING_STATICS: Readonly<Record<string, readonly string[]>> = {
  Object: words("isFrozen isSealed isExtensible"),
  Array: words("fromAsync"),
  RegExp: words("escape"),
  console: words("time timeEnd assert table"),
};

export const MISSING_METHODS: Readonly<Record<"array" | "string" | "typed", readonly string[]>> = {
  array: words("toLocaleString"),
  string: words("normalize isWellFormed toWellFormed"),
  typed: words("toLocaleString"),
};

/** Long names that no one gives to a method of another meaning. */
export const UNMISTAKABLE_METHODS: ReadonlySet<string> = new Set(
  words(`
  isWellFormed toWellFormed propertyIsEnumerable isPrototypeOf toLocaleDateString toLocaleTimeString symmetricDifference
  isSubsetOf isSupersetOf isDisjointFrom toLocaleString toLocaleUpperCase toLocaleLowerCase
`),
);
