import * as assert from "uvu/assert";
import { drawLanes } from "../../../../cli/report/lanes.js";
import type { Turn } from "../../../../targets/node/index.js";
import { suite } from "../../../support/suite.js";

const test = suite("report/lanes");

const turn = (name: string, begin: number, end: number): Turn => ({
  ...{ worker: 0, name, slot: 0, begin, end, then: "waits" },
});

test("shows who had each column, and whether the worker was busy", () => {
  const lanes = [
    { label: "tasks 0", turns: [turn("fib", 100, 104), turn("nap", 106, 106.4)], note: "2 turns" },
    { label: "tasks 1", turns: [turn("nap", 108, 110), turn("fib", 105, 105)], note: "" },
  ];

  assert.is(
    drawLanes(lanes, { columns: 20, ascii: true }),
    [
      "tasks 0 |AAAAAAAA····B·······| 2 turns",
      "tasks 1 |··········a·····BBBB|",
      "         +---------+--------+",
      "         0       5 ms   10 ms",
      "         a fib   b nap",
    ].join("\n"),
  );
});

test("says so when nothing ran", () => {
  assert.is(drawLanes([{ label: "cpu 0", turns: [], note: "" }]), "no turns");
});
