/**
 * The language profile against the engine itself.
 *
 * For each rule: what breaks it really fails or differs on Espruino, what keeps it does not. For the lowering: programs
 * print the same on Node as written and on Espruino as lowered, bundled and minified.
 */
import * as assert from "uvu/assert";
import { findEspruino } from "../../cli/engines/find.js";
import { suite } from "../support/suite.js";
import { bundleForEspruino, bundleForNode } from "../unit/compiler/espruino/bundle.js";
import { runOnEspruino, runOnNode } from "../unit/compiler/espruino/engine.js";
import { PROFILE_CASES } from "../unit/compiler/espruino/profile-cases.js";
import { ENGINE_PROGRAMS, modulesOf, PROGRAMS } from "../unit/compiler/espruino/programs.js";

const test = suite("conformance/espruino-profile");
const espruino = findEspruino();

function onEspruino(title: string, body: (binary: string) => Promise<void>): void {
  if (espruino.path === undefined) test.skip(title, espruino.missing);
  else test(title, () => body(espruino.path));
}

for (const [id, { breaks, keeps, unseen }] of Object.entries(PROFILE_CASES)) {
  onEspruino(`${id}: Espruino differs where the rule is broken, and only there`, async (binary) => {
    const actual = await runOnEspruino(binary, [...breaks, ...keeps]);

    breaks.forEach((program, i) => {
      if (unseen === undefined) assert.is.not(actual[i], runOnNode(program), program);
    });
    keeps.forEach((program, i) => assert.is(actual[breaks.length + i], runOnNode(program), program));
  });
}

for (const [name, program] of Object.entries({ ...PROGRAMS, ...ENGINE_PROGRAMS })) {
  onEspruino(`runs ${name}, lowered and minified, as Node runs it as written`, async (binary) => {
    const modules = modulesOf(program);
    const plain = await bundleForNode(modules);
    const { code } = await bundleForEspruino(modules);

    const [actual] = await runOnEspruino(binary, [code]);

    assert.is(actual, runOnNode(plain.code), code);
  });
}
