/** Promises, dates and globals. */
import type { Row } from "./row.js";

export const OTHERS: readonly Row[] = [
  ["Date.UTC(2020,0,2)", "1577923200000", "error", "helper"],
  [
    "new Date(0).toUTCString()",
    '"Thu, 01 Jan 1970 00:00:00 GMT"',
    '"Thu, 1 Jan 1970 00:00:00 GMT"',
    "differs",
  ],
  ["var d=new Date(0); d.setUTCHours(5); return d.getTime()", "18000000", "error", "C555"],
  ['Reflect.get({a:1},"a")', "1", "error", "helper"],
  ["Reflect.ownKeys({a:1})", '["a"]', "error", "C550"],
  ['Reflect.has({a:1},"a")', "true", "error", "C550"],
  ["Reflect.apply(Math.max,null,[1,2])", "2", "error", "C550"],
  ["Reflect.construct(Date,[0]).getTime()", "0", "error", "C550"],
  ["({}).constructor===Object", "true", "false", "helper"],
  ["function f(a){return arguments.length} return [f(),f(1),f(1,2)]", "[0,1,2]", "[1,1,2]", "lowered"],
  [
    "class A{constructor(){this.n=this.constructor.name}} class B extends A{} return [new A().n,new B().n,A.name]",
    '["A","B","A"]',
    "[undefined,undefined,undefined]",
    "helper",
  ],
  ['Number(" 12\\n")', "12", "NaN", "helper"],
  ["new Date(new Date(5)).getTime()", "5", "error", "helper"],
  ['RegExp.prototype.test.call(/a/,"a")', "true", "error", "helper"],
  ['Object.prototype.propertyIsEnumerable.call({a:1},"a")', "true", "error", "helper"],
  ['var k="x-y"; return "abc"[k]', "undefined", "error", "differs"],
  ['var re=new RegExp("^a"+"{2}$"); return re.test("aa")', "true", "false", "helper"],
  ["Date.UTC(2024,1,29,12,30,15,500)", "1709209815500", "error", "helper"],
  ["Date.UTC(1999,13,1)", "949363200000", "error", "helper"],
  ["Promise.race([1]) instanceof Promise", "true", "error", "lowered"],
  ["typeof Promise.resolve(1).finally", '"function"', '"undefined"', "helper"],
];
