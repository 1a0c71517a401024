/**
 * Members of our classes that a program cannot use, since none of its words is their name: the bundler keeps all members
 * of a class that is used.
 */
import { readFileSync } from "node:fs";
import ts from "typescript";
import type { Compiled } from "../../compiler/index.js";

/** Modules that use members of classes in other modules. */
const USERS = ["core/board/platform.ts", "targets/espruino/pins.ts", "targets/moddable/pins.ts"];
let users: string | undefined;

/** `text`, one of our modules, without such members; the lines stay. */
export function withUsedMembers(text: string, compiled: Compiled): string {
  if (!/^export class /m.test(text)) return text;
  users ??= USERS.map((path) => readFileSync(`${DORMOUSE_ROOT}/${path}`, "utf8")).join("\n");
  const around = text + users;
  // Generated code calls members too: a for-await receives.
  const code = [...compiled.modules.values()].map((each) => each.code).join("\n");
  const isUsed = (name: string): boolean =>
    name.endsWith("_") ||
    compiled.board.words.has(name) ||
    new RegExp(`\\.${name}\\b`).test(around) ||
    new RegExp(`\\.${name}\\(`).test(code);
  const file = ts.createSourceFile("module.ts", text, ts.ScriptTarget.Latest, true);
  let out = text;
  for (const member of file.statements.filter(ts.isClassDeclaration).flatMap((each) => [...each.members])) {
    if (!ts.isMethodDeclaration(member) && !ts.isGetAccessor(member)) continue;
    if (!isUsed(member.name.getText())) out = blanked(out, member.getStart(), member.end);
  }
  return out;
}

function blanked(text: string, from: number, to: number): string {
  return text.slice(0, from) + text.slice(from, to).replace(/[^\n]/g, " ") + text.slice(to);
}
