import { afterAll, beforeAll, expect, test } from "vitest";
import { notices } from "../../src/review/notices.ts";
import { runQuery } from "../../src/review/query.ts";
import { GenerationReader } from "../../src/review/reader.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import type { Row } from "../../src/warehouse/rows.ts";
import { Community, csv, SQL_ROOT } from "../support/community.ts";

/*
 * Lists that people keep say a group by its name, the exports of a platform by its id. g1 was called 早餐群 and is 城东早餐群 now,
 * two groups are both 同名群, and one is called as another one's id is.
 */
const GROUPS = { g1: "城东早餐群", g2: "城西厨房群", g3: "同名群", g4: "同名群", g5: "g2" };
const community = new Community();
const catalog = readCatalog(SQL_ROOT);
let reader: GenerationReader;

const order = (order_id: string, group_id: string, buyer_id = "m1") => ({
  order_id,
  buyer_id,
  group_id,
  paid_at: "2026-11-10 20:00:00",
  amount: 10,
});

beforeAll(async () => {
  await community.import(
    "members.csv",
    csv(
      Object.entries(GROUPS).flatMap(([group_id, group_name]) =>
        ["m1", "m2"].map((member_id) => ({
          group_id,
          group_name,
          member_id,
          joined_at: "2026-09-01 09:00:00",
        })),
      ),
    ),
  );
  await community.import(
    "messages.csv",
    csv([
      {
        group_id: "g1",
        group_name: "早餐群",
        sender_id: "m1",
        sent_at: "2026-10-01 09:00:00",
        text: "早",
      },
    ]),
  );
  await community.import(
    "orders.csv",
    csv([
      order("by-id", "g1"),
      order("by-name", "城东早餐群"),
      order("by-old-name", "早餐群"),
      // Nobody's: no order of a member, and still one of the group's event.
      order("of-a-stranger", "城东早餐群", "x9"),
      order("id-before-name", "g2"),
      order("of-two", "同名群"),
      order("of-nobody", "没有这个群"),
    ]),
  );
  await community.import(
    "calendar.csv",
    csv([
      {
        start: "2026-11-10 19:00:00",
        end: "2026-11-10 21:00:00",
        type: "秒杀",
        title: "草莓",
        group_id: "城东早餐群",
      },
      {
        start: "2026-11-10 19:00:00",
        end: "2026-11-10 21:00:00",
        type: "live",
        title: "茶",
        group_id: "写错的群",
      },
    ]),
  );
  const answer = (group_id: string, respondent_id: string) => ({
    respondent_id,
    group_id,
    question: "您对本群满意吗？",
    answer: "5",
    submitted_at: "2026-11-12 10:00:00",
  });
  await community.import("survey.csv", csv([answer("城西厨房群", "m1"), answer("写错的群", "m2")]));
  await community.import(
    "plan.yaml",
    'version: "1"\nid: daily\ngroups: [早餐群, g2, 没有这个群]\nsteps:\n  - { id: hello, weekday: daily, time: "09:00", content_type: text, text: 早 }\n',
  );
  await community.build("2026-11-20 00:00:00");
  reader = new GenerationReader(community.workspace.marts);
});
afterAll(() => {
  reader.close();
  community.remove();
});

const rows = async (sql: string): Promise<Row[]> =>
  (await reader.read((database) => database.all(sql))) ?? [];

test("orders of a group by its name are that group's alone", async () => {
  const found = await rows("select group_id, sum(orders)::integer as n from marts.order_weeks group by all");
  const own = Object.fromEntries(found.map(({ group_id, n }) => [group_id, n]));
  // Two orders that no group can be told of count where their buyer is: in each of the five.
  expect(own).toMatchObject({ g1: 3 + 2, g2: 1 + 2, g3: 2, g4: 2, g5: 2, "*": 6 });
});

test("events and answers of a group by its name are that group's", async () => {
  expect(await rows("select group_id, title, orders from marts.event_results")).toEqual([
    { group_id: "g1", title: "草莓", orders: 6 },
  ]);
  expect(
    await rows(
      "select group_id, answers from marts.satisfaction_weeks where group_id <> '*' order by group_id",
    ),
  ).toMatchObject([{ group_id: "g2" }, { group_id: "写错的群" }]);
});

test("the steps of a plan are for the groups that it lists by an earlier name as well", async () => {
  const found = await rows("select distinct group_id from marts.sop_steps_due order by 1");
  expect(found.map(({ group_id }) => group_id)).toEqual(["g1", "g2"]);
});

test("groups that nobody knows are told of, with what that does", async () => {
  expect(await rows("from marts.named_groups order by source")).toEqual([
    { source: "calendar", stated: 2, unknown: 1, rows: 1 },
    { source: "orders", stated: 4, unknown: 2, rows: 2 },
    { source: "plans", stated: 3, unknown: 1, rows: 1 },
    { source: "surveys", stated: 2, unknown: 1, rows: 1 },
  ]);
  const told = await reader.read((database) =>
    notices((query) => runQuery(database, catalog, query, { week: "2026-11-09" })),
  );
  expect(told?.map(({ code }) => code)).toEqual(
    expect.arrayContaining(["unknown_groups_calendar", "unknown_groups_orders", "unknown_groups_surveys"]),
  );
  // A group's own page says nothing of others'.
  const own = await reader.read((database) =>
    runQuery(database, catalog, "unknown_groups", { group_id: "g1" }),
  );
  expect(own).toEqual([]);
});
