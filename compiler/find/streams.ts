/** Streams that are made of others, and what they are made of: `take(filter(channel, test), 3)` of `channel`. */
import ts from "typescript";
import type { Facts } from "../program/program.js";
import { unwrapped, userOf } from "../syntax.js";

/** The functions of the library that make one; but for `merge`, of their first argument. */
const STAGES = ["map", "filter", "take", "window", "merge"] as const;

export type Stage = (typeof STAGES)[number];

/** Whether our function `own` makes one. */
export function isStage(own: string | undefined): own is Stage {
  return STAGES.some((each) => each === own);
}

/** What makes the stream `node`; undefined for all else. */
export function stageOf(program: Facts, node: ts.Node): Stage | undefined {
  if (!ts.isCallExpression(node)) return undefined;
  const own = program.ownNameOf(node.expression);
  return isStage(own) ? own : undefined;
}

/** The streams that `call`, which makes one, takes. */
export function sourcesOf(program: Facts, call: ts.CallExpression): readonly ts.Expression[] {
  return stageOf(program, call) === "merge" ? call.arguments : call.arguments.slice(0, 1);
}

/** What a loop over `expression` goes over in the end. */
export function basesOf(program: Facts, expression: ts.Expression): ts.Expression[] {
  const node = unwrapped(expression);
  if (stageOf(program, node) === undefined) return [node];
  return sourcesOf(program, node as ts.CallExpression).flatMap((each) => basesOf(program, each));
}

/** The stream that `node` is a source of; undefined where it is none. */
export function streamAround(program: Facts, node: ts.Expression): ts.CallExpression | undefined {
  const up = userOf(node);
  const isSource =
    stageOf(program, up) !== undefined &&
    sourcesOf(program, up as ts.CallExpression).some((each) => unwrapped(each) === unwrapped(node));
  return isSource ? (up as ts.CallExpression) : undefined;
}
