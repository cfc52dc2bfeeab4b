import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { flowLines } from "../../src/commands/check-lines.ts";
import { runQuery } from "../../src/review/query.ts";
import { reconciliation } from "../../src/review/reconciliation.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Database } from "../../src/warehouse/database.ts";
import { generationPath } from "../../src/warehouse/publish.ts";
import type { Row } from "../../src/warehouse/rows.ts";
import { Community, csv, SQL_ROOT } from "../support/community.ts";

const order = (order_id: string, buyer_id: string, over: Record<string, string | number> = {}) => ({
  order_id: `no-2026-${order_id}`,
  buyer_id,
  paid_at: "2026-11-10 12:00:00",
  amount: 100,
  refunded: 0,
  as_of: "2026-11-20 00:00:00",
  ...over,
});
const FIRST = [
  order("counted", "m1"),
  order("partial", "m1", { refunded: 30 }),
  order("refunded", "m1", { refunded: 100 }),
  order("unpaid", "m1", { paid_at: "" }),
  order("free", "m1", { amount: 0 }),
  order("before", "m1", { paid_at: "2026-10-01 12:00:00" }),
  order("nobody", ""),
  order("stranger", "x9"),
  order("employee", "s1"),
  order("early", "m2", { paid_at: "2026-11-09 12:00:00" }),
  order("damaged", "m1", { amount: "abc" }),
];
const SECOND = [
  order("counted", "m1"),
  order("partial", "m1", { refunded: 50, as_of: "2026-11-21 00:00:00" }),
];
const member = (member_id: string, role = "member", joined_at = "2026-09-01 00:00:00") => ({
  group_id: "g1",
  member_id,
  name: `成员${member_id}`,
  role,
  joined_at,
  left_at: "",
});
const MEMBERS = [
  member("m1"),
  member("m2", "member", "2026-11-12 00:00:00"),
  member("m3"),
  member("s1", "staff"),
];
const said = (sender_id: string, kind = "text") => ({
  group_id: "g1",
  sender_id,
  sent_at: "2026-11-10 09:00:00",
  text: `${sender_id} ${kind}`,
  kind,
});

const catalog = readCatalog(SQL_ROOT);
const open = async (community: Community, generation: string) => {
  const copy = join(community.root, `copy-${generation}.duckdb`);
  copyFileSync(generationPath(community.workspace.marts, generation), copy);
  return Database.open(copy);
};

let community: Community;
let database: Database;
let rows: Row[];
beforeAll(async () => {
  community = new Community();
  await community.import("first.csv", csv(FIRST));
  await community.import("second.csv", csv(SECOND));
  await community.import("members.csv", csv(MEMBERS));
  await community.import("chat.csv", csv([said("m1"), said("m3"), said("s1"), said("m1", "poke")]));
  database = await open(community, await community.build("2026-11-24T00:00:00"));
  rows = await runQuery(database, catalog, "waterfall", {});
}, 60_000);
afterAll(() => {
  database.close();
  community.remove();
});

/** `step rows [amount]`, drops indented, empty drops left out. */
const told = (flow: string) =>
  rows
    .filter((row) => row["flow"] === flow && (row["is_drop"] === false || Number(row["rows"]) !== 0))
    .map((row) =>
      [row["is_drop"] === true ? "-" : "", row["code"] ?? row["step"], row["rows"], row["amount"] ?? ""]
        .join(" ")
        .trim(),
    );

describe("from exports to KPIs", () => {
  it("orders: every line is counted or has a reason", () => {
    expect(told("orders")).toEqual([
      "lines 13",
      "- bad_money 1",
      "parsed 12",
      "- known_before 1",
      "versions 11",
      "- older_version 1",
      "orders 10 650",
      "- unpaid 1 0",
      "paid 9 650",
      "- refunded 1 0",
      "- free 1 0",
      "valid 7 650",
      "- no_buyer 1 100",
      "- unknown_buyer 1 100",
      "identified 5 450",
      "- no_member 1 100",
      "- not_in_group 1 100",
      "linked 3 250",
      "- outside_weeks 1 100",
      "counted 2 150",
    ]);
  });

  it("members and messages likewise", () => {
    expect(told("members")).toEqual([
      "lines 4",
      "parsed 4",
      "persons 4",
      "- no_member 1",
      "members 3",
      "- never_bought 1",
      "linked 2",
      "- not_in_group 1",
      "counted 1",
    ]);
    expect(told("messages")).toEqual([
      "lines 4",
      "parsed 4",
      "messages 4",
      "- no_activity 1",
      "activity 3",
      "- no_member 1",
      "of_members 2",
      "counted 2",
    ]);
  });

  it("says in words that people know why a line was refused, and no column of ours", async () => {
    const found = await reconciliation((query) => runQuery(database, catalog, query, {}));
    const refused = found.steps.find(({ isDrop, flow }) => isDrop && flow === "orders");
    expect([refused?.text.zh, refused?.text.en]).toEqual([
      expect.stringMatching(/^实付金额：金额看不懂/),
      expect.stringMatching(/^Amount paid: not an amount of money/),
    ]);
    const lines = [...flowLines(found.steps, "zh"), ...flowLines(found.steps, "en")];
    expect(lines.filter((line) => /\b[a-z]+_(?:at|id|name|amount)\b|\bamount[:：]/.test(line))).toEqual([]);
  });

  it("a step is the one before it minus what was dropped between", () => {
    const left = new Map<unknown, number>();
    for (const row of rows) {
      const before = left.get(row["flow"]) ?? Number(row["rows"]);
      if (row["is_drop"] === false)
        expect([row["flow"], row["step"], row["rows"]]).toEqual([row["flow"], row["step"], before]);
      left.set(row["flow"], row["is_drop"] === true ? before - Number(row["rows"]) : before);
    }
  });

  it("samples say which rows were dropped and nothing of a person", () => {
    const all = rows.flatMap((row) => row["samples"] as string[]);
    expect(all).toContain("first.csv:12");
    expect(all).toContain("…nger · 2026-11-10 · 100.00");
    expect(all.filter((sample) => /成员m|no-2026|\bm\d\b/.test(sample))).toEqual([]);
    expect(all).toContain("成*3");
  });

  it("each file's orders and amounts stand against the KPIs, whichever file came first", async () => {
    const files = await runQuery(database, catalog, "order_files", {});
    expect(files).toMatchObject([
      {
        file_name: "second.csv",
        lines: 2,
        orders: 2,
        paid_amount: 200,
        refunded_amount: 50,
        newer_orders: 0,
        left_out_orders: 0,
        counted_orders: 2,
        counted_amount: 150,
      },
      {
        file_name: "first.csv",
        lines: 11,
        rejected: 1,
        orders: 10,
        paid_amount: 800,
        refunded_amount: 130,
        newer_orders: 1,
        left_out_orders: 8,
        left_out_amount: 500,
        counted_orders: 1,
        counted_amount: 100,
      },
    ]);
    const other = new Community();
    await other.import("second.csv", csv(SECOND));
    await other.import("first.csv", csv(FIRST));
    await other.import("members.csv", csv(MEMBERS));
    await other.import("chat.csv", csv([said("m1"), said("m3"), said("s1"), said("m1", "poke")]));
    const again = await open(other, await other.build("2026-11-24T00:00:00"));
    expect((await runQuery(again, catalog, "order_files", {})).toReversed()).toEqual(files);
    again.close();
    other.remove();
  });

  it("KPIs that disagree with the files are found", async () => {
    const checks = async () =>
      (await runQuery(database, catalog, "reconciliation", {})).filter((row) => row["is_ok"] === false);
    expect(await checks()).toEqual([]);
    // Planted: a week's orders lost, and a message counted twice.
    await database.run("delete from report.kpi_weekly where kpi = 'gmv_net' and numerator > 0");
    await database.run(
      "update report.kpi_weekly set numerator = numerator + 1 where kpi = 'messages' and group_id = '*' and segment = '*' and numerator > 0",
    );
    expect(await checks()).toMatchObject([
      { id: "amount", files: 150, kpis: 0, difference: 150 },
      { id: "messages", files: 2, kpis: 3, difference: -1 },
    ]);
  });
});
