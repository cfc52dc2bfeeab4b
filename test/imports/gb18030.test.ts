import fc from "fast-check";
import { expect, it } from "vitest";
import { Gb18030 } from "../../src/ingest/gb18030.ts";

const platform = new TextDecoder("gb18030", { ignoreBOM: true });

function read(chunks: readonly Uint8Array[]): { text: string; replaced: number } {
  const decoder = new Gb18030();
  // What it gives stands only until the next call.
  const parts = chunks.map((chunk) => Buffer.from(decoder.write(Buffer.from(chunk))));
  return { text: Buffer.concat([...parts, decoder.end()]).toString("utf8"), replaced: decoder.replaced };
}

/** Bytes as they stand in tables, and every kind of fault between them. */
const byte = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 0x81, max: 0xfe }) },
  { weight: 2, arbitrary: fc.integer({ min: 0x30, max: 0x39 }) },
  fc.constantFrom(0x0a, 0x0d, 0x2c),
  fc.integer({ min: 0, max: 0xff }),
);

it("reads any bytes as the platform does, however they are cut", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.array(byte), fc.nat(), (any, likely, cut) => {
      const bytes = Uint8Array.from([...any, ...likely]);
      const at = cut % (bytes.length + 1);
      const text = platform.decode(bytes);
      const replaced = text.split("\uFFFD").length - 1;
      expect(read([bytes.subarray(0, at), bytes.subarray(at)])).toEqual({ text, replaced });
    }),
    { numRuns: 2000 },
  );
});

it("reads every pair, four bytes and an endless line", () => {
  const pairs = Array.from({ length: 0x7e * 0xbf }, (_, at) => [
    0x81 + Math.floor(at / 0xbf),
    0x40 + (at % 0xbf),
  ]);
  const bytes = Uint8Array.from([...pairs.flat(), 0x0a, 0x94, 0x39, 0xda, 0x33, 0x0a, 0x20]);
  expect(read([bytes]).text).toBe(platform.decode(bytes));
  const endless = Buffer.concat([
    Buffer.from([0xb2]),
    Buffer.from("\u0000 ".repeat(1 << 22)),
    Buffer.from([0xe8, 0xb2]),
  ]);
  expect(read([endless, Buffer.from([0xe8])]).text).toBe(
    platform.decode(Buffer.concat([endless, Buffer.from([0xe8])])),
  );
});
