/**
 * TypeScript's checker, asked again where it stumbles. It looks at a file whose types nobody checks (JavaScript, or
 * `@ts-nocheck`) from where it is asked, not from the first line; where types of such code depend on themselves, it fails
 * ("Debug Failure. No error for last overload signature"). What it has found until then, it knows the second time.
 */
import type ts from "typescript";

/** The questions that look at expressions. */
const QUESTIONS = [
  "getSymbolAtLocation",
  "getTypeAtLocation",
  "getTypeOfSymbol",
  "getTypeOfSymbolAtLocation",
  "getResolvedSignature",
  "getContextualType",
  "getReturnTypeOfSignature",
] as const;

/** `checker`, each question of which may fail once. */
export function steady(checker: ts.TypeChecker): ts.TypeChecker {
  const own = checker as unknown as Record<string, Question>;
  const asked = Object.create(checker) as Record<string, Question>;
  for (const name of QUESTIONS) {
    asked[name] = (...args) => {
      try {
        return own[name]!(...args);
      } catch {
        return own[name]!(...args);
      }
    };
  }
  return asked as unknown as ts.TypeChecker;
}

type Question = (...args: unknown[]) => unknown;
