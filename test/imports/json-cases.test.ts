import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readHead } from "../../src/ingest/head.ts";
import { JsonWalk, jsonLines, matcher, restOf } from "../../src/ingest/json-items.ts";
import { parseJson } from "../../src/kit/json.ts";
import { Community } from "../support/community.ts";
import { ALLOWED, FORBIDDEN, LET_PASS, OPEN } from "./json-values.ts";

const root = mkdtempSync(join(tmpdir(), "fupan-json-cases-"));
const path = join(root, "a.json");
let community: Community;
beforeAll(() => {
  community = new Community();
});
afterAll(() => {
  community.remove();
  rmSync(root, { recursive: true });
});

/** A message of each way in: DuckDB's reader, our own of lines, our own of documents. */
const wecom = (n: number, value: string) =>
  `{"msgid":"m${n}_external","action":"send","from":"LinDian","tolist":["x"],"roomid":"wrA","msgtime":${1_794_790_800_123 + n * 1000},"msgtype":"text","text":{"content":"t${n}"},"extra":${value}}`;
const chatlab = (n: number, value: string) =>
  `{"_type":"message","sender":"1","accountName":"a","timestamp":${1_794_790_800 + n},"type":0,"content":"t${n}","platformMessageId":"${n}","extra":${value}}`;
const telegram = (n: number, value: string) =>
  `{"id": ${n}, "type": "message", "date_unixtime": "${1_794_790_860 + n}", "date": "2026-11-16T09:01:00", "from": "a", "from_id": "user1", "text": "t${n}", "extra": ${value}}`;
const HEADER =
  '{"_type":"header","chatlab":{"version":"0.0.2","exportedAt":1794795000},"meta":{"name":"x","platform":"qq","type":"group","groupId":"9"}}\n';

let next = 0;
/** A sound record before each of the values. */
const records = (of: (n: number, value: string) => string, values: readonly string[]) =>
  values.flatMap((value) => [of(next++, "1"), of(next++, value)]);
const VALUES = { ...ALLOWED, ...OPEN };

describe.each<[string, (values: readonly string[]) => [string, string]]>([
  ["DuckDB's reader, lines", (values) => ["a.jsonl", records(wecom, values).join("\n")]],
  ["DuckDB's reader, an array", (values) => ["a.json", `[${records(wecom, values).join(",\n")}]`]],
  ["lines of our own", (values) => ["b.jsonl", HEADER + records(chatlab, values).join("\n")]],
  [
    "a document of our own",
    (values) => [
      "result.json",
      `{"name":"x","type":"private_supergroup","id":44,"messages":[\n${records(telegram, values).join(",\n")}]}`,
    ],
  ],
])("%s", (what, file) => {
  test("takes in what JSON allows, and tells what it leaves open", async () => {
    const made = await community.import(...file(Object.values(VALUES)));
    const records = Object.keys(VALUES).length * 2;
    expect(made).toMatchObject({ read: records, accepted: records - made.rejected, duplicate: 0 });
    // Half a character: DuckDB has no text that could hold it.
    expect(made.rejected).toBe(what.startsWith("DuckDB") ? 2 : 0);
  });
});

test.each([
  ["DuckDB's reader", "a.jsonl", wecom, ""],
  ["our own", "b.jsonl", chatlab, HEADER],
] as const)(
  "lines, %s: what is no JSON is refused with its line, all others go in",
  async (_what, name, of, header) => {
    const values = Object.values(FORBIDDEN);
    const made = await community.import(name, header + records(of, values).join("\n"));
    expect(made).toMatchObject({ read: values.length * 2, accepted: values.length, rejected: values.length });
    const first = header === "" ? 2 : 3;
    expect(made.issues.map(({ line, code }) => [line, code])).toEqual(
      values.map((_value, at) => [first + at * 2, "bad_json"]),
    );
  },
);

test("what DuckDB's reader lets pass is a cell like others; our own refuses it", async () => {
  const values = Object.values(LET_PASS);
  const [theirs, ours] = [
    await community.import("a.jsonl", records(wecom, values).join("\n")),
    await community.import("b.jsonl", HEADER + records(chatlab, values).join("\n")),
  ];
  expect([theirs.accepted, theirs.rejected]).toEqual([values.length * 2, 0]);
  expect([ours.accepted, ours.rejected]).toEqual([values.length, values.length]);
});

test("a document with one value that is no JSON: known for what it is, what comes before it is kept", async () => {
  const sound = Array.from({ length: 8 }, () => telegram(1, "1")).join(",\n");
  for (const [what, value] of Object.entries(FORBIDDEN)) {
    const text = `{"name":"x","type":"private_supergroup","id":44,"messages":[${sound},\n${telegram(2, value)},\n${telegram(3, "1")}]}`;
    writeFileSync(path, text);
    const head = await readHead({ text: path, name: "result.json", entries: [] });
    expect([what, head.json]).toEqual([what, expect.objectContaining({ name: "x", id: 44 })]);
    const items = [...new JsonWalk(path).items(matcher(["messages.*"]), () => undefined)];
    const good = items.map(({ text: one }) => {
      try {
        return (parseJson(one ?? "") as { id: number }).id;
      } catch {
        return null;
      }
    });
    expect([what, good[0], good.includes(2), good.includes(null)]).toEqual([what, 1, false, true]);
  }
});

test("a million brackets are seen through at once", async () => {
  for (const text of [
    "[".repeat(1e6),
    '{"a":'.repeat(2e5),
    `{"x":${"[".repeat(2e5)}1${"]".repeat(2e5)},"messages":[1]}`,
  ]) {
    writeFileSync(path, text);
    const began = performance.now();
    await readHead({ text: path, name: "a.json", entries: [] });
    restOf(path, matcher(["messages.*"]));
    expect(performance.now() - began).toBeLessThan(10_000);
  }
});

test("a line of 70 MiB is told and dropped while it is read; one of 40 MiB is a value", () => {
  const mib = 1 << 20;
  writeFileSync(path, ["[1]", `"${"x".repeat(70 * mib)}"`, `"${"y".repeat(40 * mib)}"`, "[2]"].join("\n"));
  const seen = [...jsonLines(path)].map(({ text, line, isLong }) => [line, text?.length, isLong === true]);
  expect(seen).toEqual([
    [1, 3, false],
    [2, undefined, true],
    [3, 40 * mib + 2, false],
    [4, 3, false],
  ]);
});

test("a record of 36 MiB is refused by DuckDB's reader with its line, and those around it go in", async () => {
  const big = `"${"x".repeat(36 << 20)}"`;
  const [one, two, three] = [wecom(next++, "1"), wecom(next++, big), wecom(next++, "1")];
  const made = await community.import("a.jsonl", [one, two, three].join("\n"));
  expect(made).toMatchObject({ read: 3, accepted: 2, rejected: 1 });
  expect(made.issues.map(({ line, code }) => [line, code])).toEqual([[2, "text_over_1_mib"]]);
});
