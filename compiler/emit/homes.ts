/**
 * Where the generated functions of an async function stand: at the end of its module, unless what they use has names
 * only inside of a class (`#x`) or a namespace. Then they stand there, and tell the module:
 *
 *   let f$poll, g; function $set_f(...) { ... }      names for the rest of the module
 *   class C { #x; static { function f$poll() { ... #x ... }  $set_f(f$poll); } }
 *   namespace N { $set_g(g$poll); ...  function g$poll() { ... } }
 */
import ts from "typescript";
import { needsDoor, ownerOf } from "../graph/doors.js";
import { above, isTopLevel, type AsyncNode } from "../syntax.js";

export type Home = ts.ClassLikeDeclaration | ts.ModuleBlock;

/** The class or namespace where the code of `fn` must stand; null where it can be anywhere in the module. */
export function homeOf(fn: AsyncNode): Home | null {
  const needsClass = hasPrivateNames(fn);
  for (let up = above(fn); up !== undefined; up = above(up)) {
    if (ts.isModuleBlock(up) || (needsClass && ts.isClassLike(up) && isTopLevel(up))) return up;
  }
  return null;
}

function hasPrivateNames(node: ts.Node): boolean {
  if (ts.isPrivateIdentifier(node) && !needsDoor(ownerOf(node))) return true;
  return ts.forEachChild(node, (child) => hasPrivateNames(child) || undefined) === true;
}

/**
 * Whether code in `home` is still missing when the tasks of its file are declared; boards make their frames then. A
 * namespace or class that stands below the first task is.
 */
export function isLate(home: Home | null): boolean {
  if (home === null) return false;
  const { text } = home.getSourceFile();
  const first = /\btask\s*(<[^>]*>)?\(/.exec(text);
  return first !== null && first.index < home.pos;
}
