import { expect, it } from "vitest";
import { runQuery } from "../../src/review/query.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Database } from "../../src/warehouse/database.ts";
import { generationPath, lastPointer } from "../../src/warehouse/publish.ts";
import { Community, csv, SQL_ROOT } from "../support/community.ts";

const FIGURES = `select kpi, numerator, denominator from report.kpi_weekly
  where kpi in ('orders', 'gmv_net', 'aov', 'aov_reported', 'value_per_buyer', 'value_per_purchase_day') and group_id = '*' and segment = '*'
    and week = date '2026-11-09' order by kpi`;

/** What a query of notices says of the first week of the orders, in Chinese. */
async function notice(community: Community, query: string, week = "2026-11-09"): Promise<string[]> {
  const pointer = lastPointer(community.workspace.marts);
  const database = await Database.open(generationPath(community.workspace.marts, pointer?.generation ?? ""));
  const rows = await runQuery(database, readCatalog(SQL_ROOT), query, { week });
  database.close();
  return rows.map(({ zh }) => String(zh));
}

const order = (order_id: string, paid_at: string, currency: string, buyer_id = "m1") => ({
  order_id,
  paid_at,
  currency,
  buyer_id,
  amount: 100,
});

it("orders whose money the KPIs leave out are told of in their week", async () => {
  const community = new Community();
  try {
    await community.import(
      "members.csv",
      csv([{ group_id: "g1", member_id: "m1", joined_at: "2026-09-01" }]),
    );
    await community.import(
      "orders.csv",
      csv([
        order("1", "2026-11-10 12:00:00", "CNY"),
        order("2", "2026-11-10 12:00:00", "USD"),
        order("3", "2026-11-11 12:00:00", "EUR"),
        order("4", "2026-11-11 12:00:00", "EUR", "stranger"),
        order("5", "2026-11-17 12:00:00", "CNY"),
      ]),
    );
    await community.build("2026-11-24T00:00:00");
    expect(await notice(community, "other_currency")).toEqual([
      expect.stringMatching(/2 笔订单是 EUR, USD：.*只计 CNY/),
    ]);
    expect(await notice(community, "other_currency", "2026-11-16")).toEqual([]);
  } finally {
    community.remove();
  }
});

it("where every order is in one other currency, it says which setting to change, also where nobody is matched", async () => {
  const community = new Community();
  try {
    const file = csv([order("1", "2026-11-10 12:00:00", "GBP", "stranger")]);
    const { notes } = await community.import("orders.csv", file);
    expect(notes.map(({ zh }) => zh)).toEqual([expect.stringMatching(/1 笔订单的金额是 GBP.*currency: GBP/)]);
    await community.build("2026-11-24T00:00:00");
    const [told, ...more] = await notice(community, "other_currency");
    expect(told).toMatch(/1 笔订单金额都是 GBP，而工作区只计 CNY.*currency: GBP/);
    expect(more).toEqual([]);
  } finally {
    community.remove();
  }
});

it("a mean is of the orders whose money it adds up: foreign ones are no orders of 0 yuan", async () => {
  const community = new Community();
  try {
    const members = ["m1", "m2"].map((member_id) => ({ group_id: "g1", member_id, joined_at: "2026-09-01" }));
    await community.import("members.csv", csv(members));
    const orders = [
      order("1", "2026-11-10 12:00:00", "CNY"),
      order("2", "2026-11-10 13:00:00", "USD"),
      order("3", "2026-11-11 12:00:00", "EUR"),
      order("4", "2026-11-12 12:00:00", "EUR", "m2"),
      { ...order("5", "2026-11-13 12:00:00", "CNY"), refunded: 100, refunded_at: "2026-11-17 12:00:00" },
      { ...order("6", "2026-11-13 12:00:00", "USD"), refunded: 100, refunded_at: "2026-11-17 12:00:00" },
    ].map((one) => ({ refunded: 0, refunded_at: "", ...one }));
    await community.import("orders.csv", csv(orders));
    const figures = await community.query(FIGURES, "2026-11-24T00:00:00");
    expect(figures.map(Object.values)).toEqual([
      ["aov", 100, 1],
      ["aov_reported", 200, 2],
      ["gmv_net", 100, null],
      ["orders", 4, null],
      ["value_per_buyer", 100, 1],
      ["value_per_purchase_day", 100, 1],
    ]);
  } finally {
    community.remove();
  }
});

it("what buyers are worth, their points and what a campaign brought are of the workspace's currency alone", async () => {
  const community = new Community();
  try {
    const members = ["m1", "m2"].map((member_id) => ({
      group_id: "g1",
      member_id,
      name: member_id,
      joined_at: "2026-09-01",
    }));
    await community.import("members.csv", csv(members));
    const paid = (id: string, currency: string, buyer: string) => ({
      ...order(id, "2026-11-10 12:00:00", currency, buyer),
      group_id: "g1",
    });
    await community.import(
      "orders.csv",
      csv([paid("1", "CNY", "m1"), paid("2", "USD", "m1"), paid("3", "USD", "m2")]),
    );
    const generation = await community.build("2026-11-24T00:00:00");
    const database = await Database.open(generationPath(community.workspace.marts, generation));
    const ask = (name: string, params: Record<string, string>) =>
      runQuery(database, readCatalog(SQL_ROOT), name, params);
    const people = await database.all("select person_id, display_name from marts.people");
    const nameOf = (row: Record<string, unknown>) =>
      people.find(({ person_id }) => person_id === row["person_id"])?.["display_name"];
    const by = (rows: readonly Record<string, unknown>[], columns: readonly string[]) =>
      Object.fromEntries(rows.map((row) => [nameOf(row), columns.map((column) => Number(row[column]))]));
    const spans = await database.all("select * from marts.buying_spans");
    expect(by(spans, ["value", "orders"])).toEqual({ m1: [100, 2], m2: [0, 1] });
    const points = await database.all("select * from marts.member_points");
    expect(by(points, ["earned_4w"])).toEqual({ m1: [100] });
    const campaign = {
      people: people.map(({ person_id }) => person_id).join(","),
      from: "2026-11-09",
      to: "2026-11-15",
    };
    expect(await ask("campaign_outcome", campaign)).toMatchObject([{ bought: 2, value: 100 }]);
    const spending = await ask("campaign_spending", campaign);
    expect(spending.map(({ after, persons }) => [after, persons])).toEqual([
      [0, 1],
      [100, 1],
    ]);
    database.close();
  } finally {
    community.remove();
  }
});
