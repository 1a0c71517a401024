import * as assert from "uvu/assert";
import { formatTable } from "../../../../cli/report/table.js";
import { suite } from "../../../support/suite.js";

const test = suite("cli/report/table");

test("aligns text to the left and numbers to the right", () => {
  const text = formatTable(
    ["task", "polls", "waits for"],
    [
      ["blink", 12, "sleep"],
      ["reporter", 1200, undefined],
    ],
  );

  assert.is(
    text,
    [
      "task      polls  waits for", //
      "────────  ─────  ─────────",
      "blink        12  sleep",
      "reporter   1200",
    ].join("\n"),
  );
});

test("takes the side that a column names, an indent and a rule in ASCII", () => {
  const text = formatTable(
    [
      { title: "n", align: "left" },
      { title: "size", align: "right" },
    ],
    [[1, "2 B"]],
    {
      indent: 2,
      ascii: true,
    },
  );

  assert.is(text, ["  n  size", "  -  ----", "  1   2 B"].join("\n"));
});

test("draws the titles of a table without rows", () => {
  assert.is(formatTable(["a", "bc"], []), "a  bc\n─  ──");
});

test("keeps a cell on one line, and counts characters", () => {
  assert.is(
    formatTable(
      ["a", "b"],
      [
        ["x\ny", "😀"],
        ["é", "z"],
      ],
    ),
    "a    b\n───  ─\nx y  😀\né    z",
  );
});
