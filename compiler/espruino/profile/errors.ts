/** Errors. */
import type { Row } from "./row.js";

export const ERRORS: readonly Row[] = [
  ['new Error("a").name', '"Error"', "undefined", "helper"],
  ['new TypeError("a").name', '"TypeError"', "undefined", "helper"],
  ['new TypeError("a") instanceof Error', "true", "false", "helper"],
  ['new RangeError("a").name', '"RangeError"', "error", "helper"],
  [
    "try { null.x } catch(e) { return [e.name,e instanceof TypeError] }",
    '["TypeError",true]',
    "[undefined,false]",
    "differs",
  ],
  ["try { undefined.foo() } catch(e) { return e instanceof TypeError }", "true", "false", "helper"],
  ["try { (void 0)() } catch(e) { return e instanceof TypeError }", "true", "false", "helper"],
  ["try { ({}).x() } catch(e) { return e instanceof TypeError }", "true", "false", "helper"],
  [
    "try { zzz } catch(e) { return [e.name,e instanceof ReferenceError,e instanceof Error] }",
    '["ReferenceError",true,true]',
    "[undefined,true,false]",
    "helper",
  ],
  [
    'try { JSON.parse("{") } catch(e) { return [e.name,e instanceof Error] }',
    '["SyntaxError",true]',
    "[undefined,false]",
    "helper",
  ],
  ["try { new Array(-1) } catch(e) { return e.name }", '"RangeError"', "undefined", "differs"],
  ["try { throw {a:1} } catch({a}) { return a }", "1", "error", "lowered"],
  [
    'try { ({get x(){throw new Error("gx")}}).x } catch(e) { return e.message }',
    '"gx"',
    "undefined",
    "differs",
  ],
  ['new AggregateError([1],"m").errors', "[1]", "error", "helper"],
  ['var e=new Error("a"); e.name="Custom"; return String(e)', '"Custom: a"', '"Error: a"', "helper"],
  ["new Error(undefined).message", '""', "undefined", "differs"],
  ['"a" instanceof String', "false", "true", "differs"],
  ["1 instanceof Number", "false", "true", "differs"],
  [
    'function f(x){return x.name+" "+x.message} return f(new TypeError("q"))',
    '"TypeError q"',
    '"undefined q"',
    "helper",
  ],
  ['function f(x){return x.name==="TypeError"} return f(new TypeError("q"))', "true", "false", "helper"],
];
