/**
 * What the docs show of the bench is what was kept of it: bench/results. `npm test -- --update unit/bench` draws it anew,
 * after `npm run bench -- core --save`.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as assert from "uvu/assert";
import { AREAS } from "../../bench/areas.js";
import { barsOf, markdownOf } from "../../bench/chart.js";
import { readResults } from "../../bench/results.js";
import { flavorTable } from "../../bench/threads/flavors.js";
import { suite } from "../support/suite.js";

const test = suite("bench");

const TABLE = /<!-- results core -->\n([^]*?)<!-- end results -->/;
const performanceDoc = join(DORMOUSE_ROOT, "docs/performance.md");
const results = readResults("core");

test("what is kept of core has all of its rows, with the limits of today", () => {
  const specs = (AREAS.get("core") ?? []).flatMap((group) => group.rows);

  assert.equal(
    results.rows.map(({ id, unit, limit }) => ({ id, unit, limit })),
    specs.map(({ id, unit, limit }) => ({ id, unit, limit })),
  );
});

test("docs/performance.md has the table of core", () => {
  const now = markdownOf(results);
  const text = readFileSync(performanceDoc, "utf8");
  if (process.env["UPDATE"] === "1") {
    writeFileSync(
      performanceDoc,
      text.replace(TABLE, () => `<!-- results core -->\n${now}<!-- end results -->`),
    );
  } else assert.is(TABLE.exec(text)?.[1], now);
});

test("docs/threads.md has the table of flavours", () => {
  const table = /<!-- flavours -->\n([^]*?)<!-- end flavours -->/;
  const path = join(DORMOUSE_ROOT, "docs/threads.md");
  const now = flavorTable(readResults("threads"));
  const text = readFileSync(path, "utf8");
  const isUpdate = process.env["UPDATE"] === "1";
  if (isUpdate)
    writeFileSync(
      path,
      text.replace(table, () => `<!-- flavours -->\n${now}<!-- end flavours -->`),
    );
  else assert.is(table.exec(text)?.[1], now);
});

test("docs/core.svg is drawn from what is kept of core", () => {
  const path = join(DORMOUSE_ROOT, "docs/core.svg");
  const now = barsOf(results, "x promises");
  if (process.env["UPDATE"] === "1") writeFileSync(path, now);

  assert.is(readFileSync(path, "utf8"), now);
});
