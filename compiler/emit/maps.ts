/** Source maps between the steps of a build. */
import remapping, { type SourceMapInput } from "@jridgewell/remapping";

/** The map from the last text to the first, over `inner`: that from the middle to the first. */
export function composed(outer: object, inner: object): object {
  let isFirst = true;
  return remapping(outer as SourceMapInput, () => {
    const answer = isFirst ? (inner as SourceMapInput) : null;
    isFirst = false;
    return answer;
  });
}

/** `code` with `map` in a comment, where bundlers look for it. */
export function withMap(code: string, map: object): string {
  const base64 = Buffer.from(JSON.stringify(map)).toString("base64");
  return `${code}\n//# sourceMappingURL=data:application/json;base64,${base64}\n`;
}
