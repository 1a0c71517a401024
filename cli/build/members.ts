/**
 * Members of our classes that a program cannot use, since none of its words is their name: the bundler keeps all members
 * of a class that is used. An object that a function in the place of a class gives has such members too.
 */
import { readFileSync } from "node:fs";
import ts from "typescript";
import type { Compiled } from "../../compiler/index.js";

/** Modules that use members of classes in other modules. */
const USERS = ["targets/espruino/pins.ts", "targets/moddable/pins.ts", "core/board/observe.ts"];
let users: string | undefined;

/** `text`, one of our modules, without such members; the lines stay. */
export function withUsedMembers(text: string, compiled: Compiled): string {
  const isClass = /^export class /m.test(text);
  if (!isClass && !FACTORY.test(text)) return text;
  users ??= USERS.map((path) => readFileSync(`${DORMOUSE_ROOT}/${path}`, "utf8")).join("\n");
  const around = isClass ? text + users : users;
  // Generated code calls members too: a for-await receives.
  const code = [...compiled.modules.values()].map((each) => each.code).join("\n");
  const isUsed = (name: string): boolean =>
    name.endsWith("_") ||
    (name === "[Symbol.dispose]" && (compiled.board.words.has("dispose") || code.includes("$disposer"))) ||
    (name === "[Symbol.asyncDispose]" && code.includes(name)) ||
    compiled.board.words.has(name) ||
    (/^\w+$/.test(name) &&
      (new RegExp(`\\.${name}\\b`).test(around) || new RegExp(`\\.${name}\\(`).test(code)));
  const file = ts.createSourceFile("module.ts", text, ts.ScriptTarget.Latest, true);
  let out = text;
  const members = isClass
    ? file.statements.filter(ts.isClassDeclaration).flatMap((each) => [...each.members])
    : givenMembers(file);
  for (const member of members) {
    if (!ts.isMethodDeclaration(member) && !ts.isGetAccessor(member)) continue;
    const comma = isClass ? 0 : 1;
    if (!isUsed(member.name.getText())) out = blanked(out, member.getStart(), member.end + comma);
  }
  return out;
}

/** What modules hand on, a line each. */
const HANDED_ON = /^export \{ ([^}]*) \} from .*;$/gm;

/** `text`, what programs import, without the lines that it hands on no word of the program from: unseen modules cost least. */
export function withUsedExports(text: string, { board: { words } }: Compiled): string {
  return text.replace(HANDED_ON, (line, names: string) =>
    names.split(", ").some((name) => words.has(name)) ? line : "",
  );
}

/** A function in the place of a class. */
const FACTORY = /^export const [A-Z]\w+ = function/m;

/** The members of the object that a function in the place of a class gives; a comma follows each. */
function givenMembers(file: ts.SourceFile): ts.ObjectLiteralElement[] {
  const found: ts.ObjectLiteralElement[] = [];
  const visit = (node: ts.Node): void => {
    const given = ts.isReturnStatement(node) && node.expression;
    if (given && ts.isObjectLiteralExpression(given)) found.push(...given.properties);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function blanked(text: string, from: number, to: number): string {
  return text.slice(0, from) + text.slice(from, to).replace(/[^\n]/g, " ") + text.slice(to);
}
