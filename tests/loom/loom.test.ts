// @timeout 400
/** All interleavings of the shipped lock-free structures, at small sizes: see docs/model-checking.md. */
import * as assert from "uvu/assert";
import { suite } from "../support/suite.js";
import { FILES, MORE, fault, scenariosIn, shipped } from "./check.js";
import { bundled } from "./load.js";
import { seeded } from "./seeded.js";

const test = suite("loom");

for (const file of [...FILES, ...MORE]) {
  test(`${file} is right in all interleavings`, async () => {
    const text = await bundled(`${file}.ts`);
    for (const scenario of scenariosIn(text)) {
      const found = scenario.isBig ? null : fault(text, scenario);
      assert.is(found, null, `${scenario.name}: ${found ?? ""}`);
    }
  });
}

test("mistakes that people make are found", async () => {
  const texts = new Map<string, string>();
  for (const file of [...FILES, ...MORE]) texts.set(file, await bundled(`${file}.ts`));
  for (const { name, file, from, to } of seeded) {
    const text = texts.get(file)!;
    const start = text.indexOf(`// ${shipped(file)}\n`);
    assert.ok(text.includes(from, start), `the code has changed: "${name}" finds no ${from}`);
    const changed = text.slice(0, start) + text.slice(start).replace(from, () => to);
    const found = scenariosIn(text).find((each) => !each.isBig && fault(changed, each) !== null);
    assert.ok(found !== undefined, `nothing has found: ${name}`);
  }
});
