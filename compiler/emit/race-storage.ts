/**
 * What the races of a function keep, made with its frame, in this order:
 *
 *   $g0   the group of race 0                      $s0   the strand of free arm 0, an arm of $g0
 *   $g1   the group of a race that $s0 owns        $n1   what $s0 begins with then
 */
import type { Callee, Graph, Race, RaceLine, StrandStart } from "../graph/ir.js";
import { literal } from "./text.js";

/** The group of `race`; `place` is where the storage of free arms lies. */
export function groupText(race: Race, place: "$f." | ""): string {
  return `$${race.maker}(${ownerText(race, place)}, ${literal(race.names)}, ${literal(race.kinds)})`;
}

/** The strand that owns `race`, or the race that a callee is an arm of. */
export function ownerText({ owner }: Pick<Race, "owner">, place: "$f." | ""): string {
  return owner === null ? "$t" : `${place}$s${owner}`;
}

/** Statements that make free arms, and the races that are arms; `target` stands before each name. */
export function freeArmLines(graph: Graph, place: "$f." | "", target: "const " | "$f."): string[] {
  return graph.races.flatMap((race) => {
    const group = `${place}$g${race.slot}`;
    const own: string[] = [];
    if (race.owner !== null) own.push(`  ${target}$g${race.slot} = ${groupText(race, place)};`);
    const nested = graph.nested.find((each) => each.race === race.slot);
    if (nested !== undefined) {
      const other = nested.isTimeout ? ", $TIMED_OUT" : "";
      own.push(`  ${target}$n${race.slot} = $makeNested(${group}${other});`);
    }
    graph.freeArms.forEach((each, i) => {
      if (each.race !== race.slot) return;
      const owner = ownerText(race, place);
      own.push(`  ${target}$s${i} = $makeArm(${owner}, ${group}, ${each.arm}, ($s) => $s);`);
    });
    return own;
  });
}

/** The frame of a callee that runs on a free arm. */
export function freeCalleeText(callee: Callee, make: string, place: "$f." | ""): string {
  const strand = `${place}$s${callee.free!}`;
  return callee.fn.hasCommon
    ? `$family(${strand}, ${make})`
    : `${make}(${strand}${place === "" ? "" : ", null"})`;
}

/** The lines that fill a race; `enter` puts the arguments of a call into its frame. */
export function raceLines(
  lines: readonly RaceLine[],
  place: "$f." | "",
  enter: (callee: Callee, args: readonly string[]) => string,
): string[] {
  return lines.flatMap((line) => {
    if (typeof line === "string") return [line];
    if (!("test" in line)) return [startText(line, place, enter(line.callee, line.args))];
    const inside = (body: readonly RaceLine[]): string[] =>
      raceLines(body, place, enter).map((each) => `  ${each}`);
    return [`if (${line.test}) {`, ...inside(line.then), "} else {", ...inside(line.otherwise), "}"];
  });
}

function startText({ race, arm, callee }: StrandStart, place: "$f." | "", entered: string): string {
  const group = `${place}$g${race}`;
  const strand =
    callee.free === null
      ? `${group}.strand_(${arm})`
      : `$callArm(${group}, ${arm}, ${place}$s${callee.free})`;
  return `$startStrand(${strand}, ${entered});`;
}
