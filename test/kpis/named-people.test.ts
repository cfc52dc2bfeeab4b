import { afterAll, beforeAll, expect, test } from "vitest";
import { runQuery } from "../../src/review/query.ts";
import { GenerationReader } from "../../src/review/reader.ts";
import { review } from "../../src/review/review.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Community, csv, SQL_ROOT } from "../support/community.ts";

// Of each setting one who is there and one who is misspelt; a phone and an address are somebody's too.
const community = new Community(
  [
    "staff: [boss, bos]",
    "jobs: { teacher: [boss, techer] }",
    "bots: [robot]",
    "optOut: [m1, '138 0000 0001', Ming@Example.com, m9, '13900000009']",
    "",
  ].join("\n"),
);
const catalog = readCatalog(SQL_ROOT);
let reader: GenerationReader;

beforeAll(async () => {
  await community.import(
    "members.csv",
    csv([
      { group_id: "g1", member_id: "m1", joined_at: "2026-10-01T08:00:00" },
      { group_id: "g1", member_id: "m2", phone: "13800000001", joined_at: "2026-10-01T08:00:00" },
    ]),
  );
  await community.import(
    "orders.csv",
    csv([
      {
        order_id: "A1",
        buyer_id: "m3",
        email: "ming@example.com",
        paid_at: "2026-10-06T09:00:00",
        amount: 5,
      },
    ]),
  );
  await community.import(
    "messages.csv",
    csv(
      ["boss", "robot", "m1"].map((sender_id) => ({
        group_id: "g1",
        sender_id,
        sent_at: "2026-10-06T10:00:00",
        text: "早",
      })),
    ),
  );
  await community.build();
  await community.build();
  reader = new GenerationReader(community.workspace.marts);
});
afterAll(() => {
  reader.close();
  community.remove();
});

test("entries of the settings that are nobody's are counted, each once, and told without their ids", async () => {
  const rows = await reader.read((database) => database.all("from marts.named_people order by setting"));
  expect(rows).toEqual([
    { setting: "bots", entries: 1, unknown: 0 },
    { setting: "optOut", entries: 5, unknown: 2 },
    { setting: "staff", entries: 3, unknown: 2 },
  ]);
  const told = await reader.read((database) => runQuery(database, catalog, "unknown_people", {}));
  expect(told?.map(({ code, en }) => [code, /\d+/.exec(String(en))?.[0]])).toEqual([
    ["unknown_staff", "2"],
    ["unknown_optOut", "2"],
  ]);
  expect(JSON.stringify(told)).not.toMatch(/bos\b|techer|m9|1390/);
});

test("the weekly page says so for the whole community, a group's own does not", async () => {
  const codes = (group?: string) =>
    reader.read(async (database, pointer) => {
      const week = await review(database, pointer, catalog, {
        week: "2026-10-05",
        ...(group ? { group } : {}),
      });
      return week.quality.map(({ code }) => code);
    });
  expect(await codes()).toEqual(expect.arrayContaining(["unknown_staff", "unknown_optOut"]));
  expect(await codes("g1")).not.toContain("unknown_staff");
});
