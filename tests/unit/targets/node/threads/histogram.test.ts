import * as assert from "uvu/assert";
import { BUCKETS, histogramAt, record, sumOf } from "../../../../../targets/node/threads/histogram.js";
import { suite } from "../../../../support/suite.js";

const test = suite("threads/histogram");

test("counts times in buckets that double, all that is longer in the last", () => {
  const words = new Int32Array(BUCKETS + 1);
  for (const micros of [-3, 0, 1, 2, 3, 4, 7, 8, 2 ** 30]) record(words, 1, micros);

  const histogram = histogramAt(words, 1);

  assert.equal(histogram.counts.slice(0, 5), [2, 1, 2, 2, 1]);
  assert.is(histogram.counts[BUCKETS - 1], 1);
  assert.is(histogram.count, 9);
  assert.is(words[0], 0);
});

test("says what a share of all took at most, in milliseconds", () => {
  const words = new Int32Array(BUCKETS);
  for (let i = 0; i < 90; i++) record(words, 0, 3);
  for (let i = 0; i < 10; i++) record(words, 0, 1000);

  const histogram = histogramAt(words, 0);

  assert.is(histogram.atMost(0.5), 0.004);
  assert.is(histogram.atMost(0.9), 0.004);
  assert.is(histogram.atMost(0.91), 1.024);
  assert.is(histogramAt(new Int32Array(BUCKETS), 0).atMost(0.5), 0);
  assert.is(sumOf([histogram, histogram]).count, 200);
});
