/** Every rule catches what breaks it and leaves alone what merely looks like it. */
import * as assert from "uvu/assert";
import { lintProfile } from "../../../../compiler/espruino/lint.js";
import { PROFILE } from "../../../../compiler/espruino/profile.js";
import { suite } from "../../../support/suite.js";
import { PROFILE_CASES } from "./profile-cases.js";

const test = suite("compiler/espruino/profile");

const rulesIn = (program: string): string[] => lintProfile(program).map((violation) => violation.rule);

test("gives every rule a code and a name of its own, in order", () => {
  const codes = PROFILE.map((rule) => rule.code);

  assert.equal(codes, [...new Set(codes)].sort());
  assert.is(new Set(PROFILE.map((rule) => rule.id)).size, PROFILE.length);
});

test("has programs for every rule and no others", () => {
  assert.equal(Object.keys(PROFILE_CASES).sort(), PROFILE.map((rule) => rule.id).sort());
});

for (const [id, { breaks, keeps }] of Object.entries(PROFILE_CASES)) {
  test(`${id}: is reported when broken`, () => {
    for (const program of breaks) assert.ok(rulesIn(program).includes(id), program);
  });

  test(`${id}: is silent for similar programs`, () => {
    for (const program of keeps) assert.equal(rulesIn(program), [], program);
  });
}
