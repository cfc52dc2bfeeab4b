import { existsSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { recapSentence } from "../../src/commands/minutes.ts";
import { shownPoints } from "../../src/review/format.ts";
import { Community, csv } from "../support/community.ts";

/*
 * The examples at the end of section 6 of the operations handbook. Those that are about figures stand here, one
 * community for all of them; for the others, the file that holds their test on both sides.
 */
const ELSEWHERE: readonly [example: string, file: string, words: readonly string[]][] = [
  ["4 in a row no, 5 flood", "sop/service.test.ts", ["four messages in a row are no flood, five are"]],
  [
    "packet after 180 s passes, 181 fails; 49 yuan or 19 shares fails",
    "rules/macros.test.ts",
    ["180 seconds after", "181 seconds after", "49 yuan", "19 shares"],
  ],
  [
    "9 / 10 / 19 / 20 orders",
    "rules/ORG-03.yaml",
    ["orders_4w: 9 ", "orders_4w: 10 ", "orders_4w: 19 ", "orders_4w: 20 "],
  ],
  ["50 members no role suggestion, 51 yes", "rules/ORG-01.yaml", ["quiet at fifty", "fires at fifty-one"]],
  [
    "2 ad units fine, third over; marketing 4 fine, fifth over",
    "rules/AD-01.yaml",
    ["ad_units: 2,", "ad_units: 3,", "ad_units: 4,", "ad_units: 5,"],
  ],
  ["the same in a plan", "sop/lint-cases.ts", ["ad_budget"]],
  ["@all at 48:00:00 fine, 47:59:59 early", "rules/AD-06.yaml", ["172799", "172800"]],
  [
    "9 letters out, 10 and 100 in, 101 out",
    "sop/tolerances.test.ts",
    ["9 letters are out, 10 and 100 in, 101 out"],
  ],
  [
    "camp of 2 or 8 days warns, 3 and 7 pass",
    "sop/lint-cases.ts",
    ["classes(2)", "classes(8)", "classes(3)", "classes(7)"],
  ],
  ["class 20:00 to 21:30", "sop/lint-cases.ts", ["A class from 20:00 to 21:30"]],
  [
    "patty 15.9 and 19.1 % fat outside, 16 and 19 inside",
    "sop/tolerances.test.ts",
    ["15.9 and 19.1 outside"],
  ],
];

const people = (group: string, count: number) =>
  Array.from({ length: count }, (_, at) => ({ group, id: `${group}p${at}` }));
const CHAT = people("chat", 100);
const SHOP = people("shop", 100);
const day = (date: string, hour = 12) => `2026-11-${date}T${hour}:00:00`;

let kpis: Record<string, unknown>[];
let events: Record<string, unknown>[];
let points: Record<string, unknown>[];
beforeAll(async () => {
  const community = new Community("groups: { chat: { name: 面包群 }, shop: { name: 茶叶群 } }\n");
  const given = ["99", "100", "250"];
  const speaks = (group: string, id: string, at: string) => ({
    group_id: group,
    sender_id: id,
    sent_at: at,
    text: "今天烤了一炉",
  });
  const buys = (order_id: string, group_id: string, buyer_id: string, paid_at: string, amount = "20") => ({
    order_id,
    group_id,
    buyer_id,
    paid_at,
    amount,
  });
  try {
    await community.import(
      "members.csv",
      csv(
        [...CHAT, ...SHOP].map(({ group, id }, at) => ({
          group_id: group,
          member_id: id,
          name: `友${at}`,
          joined_at: "2026-09-01T09:00:00",
          left_at: "",
          points: group === "chat" ? (given[at] ?? "") : "",
        })),
      ),
    );
    await community.import(
      "messages.csv",
      csv([
        ...CHAT.slice(0, 35).map(({ id }) => speaks("chat", id, day("04"))),
        ...CHAT.slice(0, 40).map(({ id }) => speaks("chat", id, day("11"))),
        speaks("chat", "chatp0", day("16")),
      ]),
    );
    await community.import(
      "orders.csv",
      csv([
        ...CHAT.slice(10, 20).map(({ id }, at) => buys(`c${at}`, "chat", id, day("12"))),
        ...SHOP.slice(0, 30).map(({ id }, at) => buys(`first${at}`, "shop", id, day("03"))),
        // Ten orders in the first sale, fifteen in the second; the others beside them.
        ...SHOP.map(({ id }, at) => buys(`s${at}`, "shop", id, at < 15 ? day("13", 20) : day("13"))),
        ...SHOP.slice(0, 10).map(({ id }, at) => buys(`old${at}`, "shop", id, day("03", 20))),
      ]),
    );
    await community.import(
      "calendar.csv",
      "start,end,type,title,group_id\n2026-11-03T20:00:00,2026-11-03T21:00:00,flash_sale,周二秒杀,shop\n2026-11-13T20:00:00,2026-11-13T21:00:00,flash_sale,周五秒杀,shop\n",
    );
    [kpis = [], events = [], points = []] = await community.queries(
      [
        "select kpi, group_id, week, numerator, denominator, value from report.kpi_weekly where segment = '*' and kpi in ('activity_rate', 'conversion_rate', 'repurchase_rate', 'repurchase_cumulative')",
        "select title, orders, previous_orders from marts.event_results order by starts_at",
        "select points, worth, earned_4w from marts.member_points order by points nulls last, person_id",
      ],
      "2026-11-17T00:00:00",
    );
  } finally {
    community.remove();
  }
});
const kpi = (id: string, group: string, week: string) =>
  kpis.find((row) => row["kpi"] === id && row["group_id"] === group && row["week"] === week);

describe("the handbook's examples", () => {
  it("40 % against 35 % is 5 points more, not percent", () => {
    const [before, after] = ["2026-11-02", "2026-11-09"].map((week) => kpi("activity_rate", "chat", week));
    expect(before).toMatchObject({ numerator: 35, denominator: 100 });
    expect(after).toMatchObject({ numerator: 40, denominator: 100 });
    expect(shownPoints(Number(after?.["value"]) - Number(before?.["value"]), "ratio")).toEqual({
      zh: "+5.0 个百分点",
      en: "+5.0 points",
    });
  });

  it("10 of 100 members bought: 10 %", () => {
    expect(kpi("conversion_rate", "chat", "2026-11-09")).toMatchObject({
      numerator: 10,
      denominator: 100,
      value: 0.1,
    });
  });

  it("30 of 100 buyers came back: 30 % of the week and to date", () => {
    for (const id of ["repurchase_rate", "repurchase_cumulative"])
      expect(kpi(id, "shop", "2026-11-09")).toMatchObject({ numerator: 30, denominator: 100, value: 0.3 });
  });

  it("15 orders after 10 are 5 more", () => {
    expect(events).toEqual([
      { title: "周二秒杀", orders: 10, previous_orders: null },
      { title: "周五秒杀", orders: 15, previous_orders: 10 },
    ]);
    const recap = {
      groupId: "shop",
      groupName: "茶叶群",
      type: "flash_sale",
      title: "周五秒杀",
      startsAt: "",
      orders: 15,
    };
    expect(recapSentence({ ...recap, previousOrders: 10 }, "zh")).toBe(
      "茶叶群 周五秒杀：本场 15 单，上一场 10 单，多 5 单。",
    );
    expect(recapSentence({ ...recap, previousOrders: 15 }, "zh")).toContain("持平");
    expect(recapSentence({ ...recap, previousOrders: null }, "en")).toContain("none of its kind before");
  });

  it("99 points are worth nothing, 100 five yuan, 250 ten; a repeat buyer's order earns twice", () => {
    expect(points.slice(0, 3).map((row) => [row["points"], row["worth"]])).toEqual([
      [99, 0],
      [100, 5],
      [250, 10],
    ]);
    // One order of 20 yuan in four weeks; a second one counts double.
    const earned = new Set(points.slice(3).map((row) => row["earned_4w"]));
    expect(earned).toEqual(new Set([20, 60, 100]));
  });

  it.each(ELSEWHERE)("%s: tested in %s", (_, file, words) => {
    const path = new URL(`../${file}`, import.meta.url);
    expect(existsSync(path)).toBe(true);
    const source = readFileSync(path, "utf8");
    expect(words.filter((one) => !source.includes(one))).toEqual([]);
  });
});
