/** What the builtin rules look for: names seen to be absent on Espruino 2v29, Linux build. */

const words = (text: string): string[] => text.split(/\s+/).filter(Boolean);

export const MISSING_GLOBALS: ReadonlySet<string> = new Set(
  words(`
  Map Set WeakMap WeakSet WeakRef FinalizationRegistry Symbol Proxy Reflect BigInt BigInt64Array BigUint64Array Intl
  Atomics SharedArrayBuffer RangeError EvalError URIError AggregateError queueMicrotask setImmediate clearImmediate
  TextEncoder TextDecoder structuredClone performance URL AbortController escape unescape encodeURI decodeURI
`),
);

export const MISSING_STATICS: Readonly<Record<string, readonly string[]>> = {
  Object: words(
    "freeze isFrozen seal isSealed preventExtensions isExtensible is hasOwn getOwnPropertySymbols groupBy",
  ),
  Array: words("from of fromAsync"),
  String: words("raw fromCodePoint"),
  Number: words(`isInteger isFinite isNaN isSafeInteger parseInt parseFloat EPSILON MAX_SAFE_INTEGER
    MIN_SAFE_INTEGER`),
  Math: words("imul clz32 trunc fround hypot log2 log10 log1p cbrt sinh cosh tanh asinh acosh atanh expm1"),
  Promise: words("race any allSettled withResolvers try"),
  Date: words("UTC"),
  console: words("time timeEnd assert table"),
};

export const MISSING_METHODS: Readonly<Record<"array" | "string" | "typed", readonly string[]>> = {
  array:
    words(`at copyWithin entries findLast findLastIndex flat flatMap keys lastIndexOf reduceRight toReversed
    toSorted toSpliced values with toLocaleString`),
  string: words("at codePointAt localeCompare matchAll trimStart trimEnd normalize search"),
  typed: words(
    "at copyWithin entries every keys lastIndexOf reduceRight some values toSorted toReversed with",
  ),
};

/** Long names that no one gives to a method of another meaning. */
export const UNMISTAKABLE_METHODS: ReadonlySet<string> = new Set(
  words(`
  codePointAt localeCompare matchAll trimStart trimEnd reduceRight copyWithin findLastIndex toSpliced
`),
);
