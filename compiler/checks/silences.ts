/**
 * Silences: what the author says about a finding at its line, and why.
 *
 *   // dormouse-ignore C232: once a day            alone on its line: for the line below
 *   label = `${n} days`; // dormouse-ignore C232: once a day
 *
 * Warnings can be silenced, and C201 of a future, which is given up at the next await. No other error can: the program
 * would do something else than it says.
 */
import ts from "typescript";
import type { Diagnostic } from "../diagnostics.js";

interface Silence {
  readonly code: string;
  readonly file: ts.SourceFile;
  /** Of the comment, and of what it is for, from 1. */
  readonly line: number;
  readonly column: number;
  readonly covers: number;
  readonly hasReason: boolean;
  isUsed: boolean;
}

const COMMENT = /\/\/\s*dormouse-ignore\b(.*)$/;

/** The silences of a program. */
export class Silences {
  private readonly all: Silence[];

  constructor(files: readonly ts.SourceFile[]) {
    this.all = files.flatMap(silencesIn);
  }

  /** Whether `code` is silenced where `node` starts. */
  has(code: string, node: ts.Node): boolean {
    const file = node.getSourceFile();
    return this.take(code, file.fileName, file.getLineAndCharacterOfPosition(node.getStart()).line + 1);
  }

  /** `warnings` but for those that are silenced. */
  apply(warnings: readonly Diagnostic[]): Diagnostic[] {
    return warnings.filter((each) => !this.take(each.code, each.file, each.line));
  }

  /** Warnings of silences of `errors`, which cannot be silenced. */
  ofErrors(errors: readonly Diagnostic[]): Diagnostic[] {
    return this.all.flatMap((silence) => {
      const { code, file, covers } = silence;
      const isMeant = errors.some(
        (each) => each.code === code && each.file === file.fileName && each.line === covers,
      );
      const message = `${code} cannot be silenced: the program would not do what it says. Change the line`;
      return isMeant ? [warning(silence, message)] : [];
    });
  }

  /** Warnings of silences that say nothing; known once all checks have run. */
  ofThemselves(): Diagnostic[] {
    return this.all.flatMap((silence) => {
      const message = problemOf(silence);
      return message === undefined ? [] : [warning(silence, message)];
    });
  }

  private take(code: string, file: string, line: number): boolean {
    const found = this.all.filter(
      (each) => each.code === code && each.file.fileName === file && each.covers === line,
    );
    for (const each of found) each.isUsed = true;
    return found.length > 0;
  }
}

function silencesIn(file: ts.SourceFile): Silence[] {
  if (!file.text.includes("dormouse-ignore")) return [];
  const lines = file.text.split("\n");
  return lines.flatMap((text, i) => {
    const match = COMMENT.exec(text);
    if (match === null || isInLiteral(file, file.getPositionOfLineAndCharacter(i, match.index))) return [];
    const isAlone = text.slice(0, match.index).trim() === "";
    const covers = isAlone ? nextCode(lines, i + 1) : i;
    const [codes = "", ...reason] = match[1]!.split(":");
    const named = codes.match(/[A-Za-z]*\d+/g) ?? [""];
    return named.map((code) => ({
      code,
      file,
      line: i + 1,
      column: match.index + 1,
      covers: covers + 1,
      hasReason: reason.join(":").trim() !== "",
      isUsed: false,
    }));
  });
}

/** The next line, from `from` on, that is more than a comment. */
function nextCode(lines: readonly string[], from: number): number {
  let line = from;
  while (line < lines.length - 1 && /^\s*(\/\/.*)?$/.test(lines[line]!)) line++;
  return line;
}

function isInLiteral(file: ts.SourceFile, at: number): boolean {
  const visit = (node: ts.Node): boolean => {
    if (at < node.getStart(file) || at >= node.end) return false;
    const isText = ts.isStringLiteralLike(node) || ts.isTemplateHead(node);
    return (
      isText ||
      ts.isTemplateMiddleOrTemplateTail(node) ||
      ts.forEachChild(node, (each) => visit(each) || undefined) === true
    );
  };
  return visit(file);
}

function problemOf({ code, hasReason, isUsed }: Silence): string | undefined {
  if (code === "")
    return "this names no code to silence. Write // dormouse-ignore C233: why it is right here";
  if (!isUsed) return `there is no ${code} to silence here. Remove the comment`;
  return hasReason ? undefined : `say why. Write // dormouse-ignore ${code}: why it is right here`;
}

function warning({ file, line, column }: Silence, message: string): Diagnostic {
  return { code: "C238", severity: "warning", file: file.fileName, line, column, message };
}
