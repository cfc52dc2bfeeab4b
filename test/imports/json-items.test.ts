import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { JsonWalk, jsonLines, matcher, restOf } from "../../src/ingest/json-items.ts";

const root = mkdtempSync(join(tmpdir(), "fupan-json-"));
const path = join(root, "a.json");
afterAll(() => rmSync(root, { recursive: true, force: true }));

const isMessage = matcher(["messages.*", "chats.list.*.messages.*"]);
const walk = (text: string, chunk = 7) => {
  writeFileSync(path, text);
  return [...new JsonWalk(path, chunk).items(isMessage, () => undefined)];
};
const document = fc.record({
  name: fc.string({ unit: "binary" }),
  id: fc.integer(),
  messages: fc.array(fc.jsonValue({ maxDepth: 3 })),
  about: fc.jsonValue({ maxDepth: 2 }),
});
/** Integers of 16 digits and more stay text, because a number of JavaScript would not hold all of them. */
const kept = (value: unknown) => {
  const digits = JSON.stringify(value);
  return typeof value === "number" && /^-?\d{16,}$/.test(digits) ? digits : value;
};

test("items and the rest are what JSON.parse says, whatever the chunks", () => {
  fc.assert(
    fc.property(
      document,
      fc.integer({ min: 4, max: 64 }),
      fc.constantFrom(undefined, 2, "\t"),
      (value, chunk, indent) => {
        const text = JSON.stringify(value, null, indent);
        const clean = JSON.parse(text) as typeof value;
        expect(walk(text, chunk).map((item) => JSON.parse(item.text ?? "null"))).toEqual(clean.messages);
        const { messages: _, ...others } = restOf(path, (keys) => keys[0] === "messages") as typeof value;
        const { messages: __, about, ...wanted } = clean;
        expect(others).toMatchObject(wanted);
        // Empty containers leave no trace in the rest: it is made of scalars.
        if (typeof about !== "object" || about === null) expect(others.about).toEqual(kept(about));
      },
    ),
    { examples: [[{ name: "", id: 0, messages: [], about: 2717369701457486 }, 4, undefined]] },
  );
});

test("lines are counted, paths are told, long integers stay", () => {
  const text =
    '{\n "chats": {"list": [\n  {"name": "a", "messages": [\n   {"id": 1},\n   {"id":\n 11101571002822706744}\n  ]},\n  {"messages": [3]}\n ]}}';
  expect(walk(text).map(({ path: keys, line }) => [keys.join("."), line])).toEqual([
    ["chats.list.0.messages.0", 4],
    ["chats.list.0.messages.1", 5],
    ["chats.list.1.messages.0", 8],
  ]);
  expect(walk(text)[1]?.text).toContain("11101571002822706744");
  expect(restOf(path, isMessage)).toEqual({ chats: { list: [{ name: "a" }] } });
});

test("a document cut at any byte gives a prefix and one broken end", () => {
  const text = JSON.stringify({ name: 'a"\\', messages: [{ a: "x]}" }, 12, "é😊", [1, [2]], null], z: 1 });
  const whole = walk(text);
  for (let end = 1; end < Buffer.byteLength(text); end++) {
    writeFileSync(path, Buffer.from(text).subarray(0, end));
    const got = [...new JsonWalk(path, 5).items(isMessage, () => undefined)];
    const good = got.filter((item) => item.text !== undefined);
    expect([end, good.length <= whole.length, got.length - good.length]).toEqual([end, true, 1]);
    expect(good.slice(0, -1)).toEqual(whole.slice(0, Math.max(good.length - 1, 0)));
  }
});

test("__proto__ is a key like any other", () => {
  walk('{"__proto__": {"polluted": 1}, "messages": [1]}');
  expect(Object.keys(restOf(path, isMessage) as object)).toEqual(["__proto__"]);
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
});

test("JSON lines: blank lines and comments are none", () => {
  writeFileSync(path, '\uFEFF{"a":1}\n\n# note\r\n{"b":2}\r\nbroken');
  expect([...jsonLines(path)].map(({ text, line }) => [text, line])).toEqual([
    ['{"a":1}', 1],
    ['{"b":2}', 4],
    ["broken", 5],
  ]);
});
