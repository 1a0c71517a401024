/** Functions that jobs of the tests call. */
let calls = 0;

export default function double(x) {
  return x * 2;
}

export function count() {
  return ++calls;
}

export class SizeError extends RangeError {
  name = "SizeError";
  code = "TOO_BIG";
}

export function refuse(size) {
  throw new SizeError(`${size} is too big`, { cause: new TypeError("no number", { cause: "a string" }) });
}

export const notAFunction = 3;
