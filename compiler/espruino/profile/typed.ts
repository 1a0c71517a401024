/** Typed arrays. */
import type { Row } from "./row.js";

export const TYPED: readonly Row[] = [
  ["new Uint8Array([1,2,3]).at(-1)", "3", "error", "helper"],
  ["[...new Uint8Array([1,2])]", "[1,2]", "error", "helper"],
  ["Array.from(new Uint8Array([1,2]))", "[1,2]", "error", "helper"],
  ["new Uint8Array([1,2,3]).lastIndexOf(2)", "1", "error", "helper"],
  ["[...new Uint8Array([1,2,3]).entries()]", "[[0,1],[1,2],[2,3]]", "error", "helper"],
  ["[...new Uint8Array([1,2,3]).keys()]", "[0,1,2]", "error", "helper"],
  ["Uint8Array.from([1,2])", "[1,2]", "error", "helper"],
  ["Uint8Array.of(1,2)", "[1,2]", "error", "helper"],
  ["Uint8Array.BYTES_PER_ELEMENT", "1", "undefined", "helper"],
  ["new Uint16Array(2).BYTES_PER_ELEMENT", "2", "undefined", "differs"],
  ["new ArrayBuffer(4).slice(1,3).byteLength", "2", "error", "differs"],
  ["var u=new Uint8Array(2); u[-1]=5; return u[-1]", "undefined", "error", "C563"],
  ["var u=new Uint8Array(2); return u[0]=300", "300", "44", "differs"],
  ["new Uint8ClampedArray([300,-5,1.5])", "[255,0,2]", "[255,0,1]", "differs"],
  ["ArrayBuffer.isView(new Uint8Array(1))", "true", "error", "helper"],
  ["Array.prototype.slice.call(new Uint8Array([1,2]))", "[1,2]", "error", "lowered"],
  ["var [a,b]=new Uint8Array([5,6]); return a+b", "11", "error", "lowered"],
  ["new Uint8Array([1,2,3]).reduceRight((a,b)=>a-b)", "0", "error", "helper"],
  ["new Uint8Array([1,2,3]).copyWithin(0,1)", "[2,3,3]", "error", "helper"],
];
