import fc from "fast-check";
import * as assert from "uvu/assert";
import type { PinEvent } from "../../../../cli/report/trace.js";
import { toVcd } from "../../../../cli/report/vcd.js";
import { suite } from "../../../support/suite.js";
import { anyTrace, toggles, trace } from "./traces.js";

const test = suite("cli/report/vcd");

interface Dump {
  readonly unit: string;
  readonly names: readonly string[];
  readonly initial: Readonly<Record<string, number>>;
  readonly events: readonly PinEvent[];
  readonly end: number;
}

/** A reader of the part of the format that scalars need; times in the unit of the file. */
function readVcd(text: string): Dump {
  const [head = "", body = ""] = text.split("$enddefinitions $end\n");
  const names = new Map(
    [...head.matchAll(/^\$var wire 1 (\S+) (\S+) \$end$/gm)].map((m) => [m[1], m[2] ?? ""]),
  );
  const unit = /\$timescale (.*) \$end/.exec(head)?.[1] ?? "";
  const [before = "", after = ""] = body.split("\n$end\n");
  const changes = (part: string, time = 0): PinEvent[] => {
    let at = time;
    return part.split("\n").flatMap((row) => {
      if (row.startsWith("#")) at = Number(row.slice(1));
      if (!/^[01]/.test(row)) return [];
      return [{ at, pin: names.get(row.slice(1)) ?? "", level: row.startsWith("1") ? 1 : 0 }];
    });
  };
  const initial = Object.fromEntries(changes(before).map((event) => [event.pin, event.level]));
  const end = Number([...text.matchAll(/^#(\d+)$/gm)].at(-1)?.[1]);
  return { unit, names: [...names.values()], initial, events: changes(after), end };
}

test("holds every pin, its first level and its events in milliseconds", () => {
  const pins = toggles("LED1", [0, 500, 1000]);
  const run = trace({ end: 2000, outputs: ["LED1", "LED2"], inputs: ["BTN1"], initial: { BTN1: 1 }, pins });

  assert.equal(readVcd(toVcd(run, { title: "blink" })), {
    unit: "1 ms",
    names: ["LED1", "LED2", "BTN1"],
    initial: { LED1: 0, LED2: 0, BTN1: 1 },
    events: pins,
    end: 2000,
  });
});

test("counts microseconds where a time is not a whole millisecond", () => {
  const run = trace({ outputs: ["D2"], pins: toggles("D2", [0.25, 7]) });

  const dump = readVcd(toVcd(run, { title: "fast" }));

  assert.is(dump.unit, "1 us");
  assert.equal(dump.events, toggles("D2", [250, 7000]));
  assert.is(dump.end, 100_000);
});

test("names more pins than there are one-letter codes", () => {
  const outputs = Array.from({ length: 200 }, (_, i) => `P${i}`);

  assert.equal(readVcd(toVcd(trace({ outputs }), { title: "many" })).names, outputs);
});

test("keeps all events of any trace, in order, with times that never go back", () => {
  fc.assert(
    fc.property(anyTrace, (run) => {
      const { unit, events } = readVcd(toVcd(run, { title: "any" }));

      const scale = unit === "1 ms" ? 1 : 1000;
      assert.equal(events, run.pins.map((event) => ({ ...event, at: Math.round(event.at * scale) }))); // prettier-ignore
    }),
  );
});

test("is the same for equal runs, and dated when asked", () => {
  const run = trace({ outputs: ["D2"] });

  assert.is(toVcd(run, { title: "t" }), toVcd(run, { title: "t" }));
  assert.match(toVcd(run, { title: "t", date: new Date(0) }), /^\$date 1970-01-01T00:00:00.000Z \$end\n/);
});

test("keeps a title from ending the comment", () => {
  assert.match(toVcd(trace(), { title: "a $end\nb" }), "$comment a   b $end\n");
});
