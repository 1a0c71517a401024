/** Rows of the language table as programs, which print what they give in the same way on every engine. */

/** In ES5, and in nothing that the table is about. */
const SHOW = `
function show(v, depth) {
  if (v === undefined) return "undefined";
  if (v === null) return "null";
  if (typeof v === "string") return JSON.stringify(v);
  if (typeof v === "number") return v !== v ? "NaN" : v === Infinity ? "Infinity" : v === -Infinity ? "-Infinity" : "" + v;
  if (typeof v !== "object") return typeof v === "boolean" ? "" + v : typeof v;
  if (depth > 4) return "...";
  if (v.stack !== undefined && v.message !== undefined) return "Error(" + v.message + ")";
  var parts = [], i;
  if (v instanceof Array || (v.buffer && v.length !== undefined)) {
    for (i = 0; i < v.length; i++) parts.push(show(v[i], depth + 1));
    return "[" + parts.join(",") + "]";
  }
  var keys = Object.keys(v);
  for (i = 0; i < keys.length; i++) parts.push(keys[i] + ":" + show(v[keys[i]], depth + 1));
  return "{" + parts.join(",") + "}";
}`;

/** A program that prints what `example`, an expression or statements with a return, gives. */
export function shown(example: string): string {
  const isStatements =
    /(^|[;{} ])return\b/.test(example) &&
    /^(var|let|const|class|function|for|if|switch|try|return)\b|^a:/.test(example);
  const body = isStatements ? example : `return (${example});`;
  return `${SHOW}\ntry { print(show((function () { ${body}\n })(), 0)); } catch (e) { print("error"); }\n`;
}
