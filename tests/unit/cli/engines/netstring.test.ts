import fc from "fast-check";
import * as assert from "uvu/assert";
import { encodeNetstring, NetstringReader } from "../../../../cli/engines/netstring.js";
import { suite } from "../../../support/suite.js";

const test = suite("cli/engines/netstring");

test("reads any messages however they are cut", () => {
  const messages = fc.array(fc.uint8Array({ maxLength: 20 }));
  fc.assert(
    fc.property(messages, fc.integer({ min: 1, max: 9 }), (all, size) => {
      const bytes = Buffer.concat(all.map(encodeNetstring));
      const reader = new NetstringReader();

      const read: Buffer[] = [];
      for (let i = 0; i < bytes.length; i += size) read.push(...reader.push(bytes.subarray(i, i + size)));

      assert.equal(read.map((it) => [...it]), all.map((it) => [...it])); // prettier-ignore
    }),
  );
});

test("refuses what is not a netstring", () => {
  assert.throws(() => new NetstringReader().push(Buffer.from("hello:")), /"hello" is not a length/);
  assert.throws(() => new NetstringReader().push(Buffer.from("9999999999")), /is not a length/);
  assert.throws(() => new NetstringReader().push(Buffer.from("1:ab,")), /no comma/);
});
