import request from "supertest";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createSource } from "../../src/review/source.ts";
import { createApp } from "../../src/server/app.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Community, csv, SQL_ROOT } from "../support/community.ts";
import { DASHBOARDS } from "../support/demo.ts";

/* Forty members of whom 16, then 24, then 4 speak; two leave in the first week of November, none after. */
const community = new Community("targets: { activity_rate: 0.5, churn_rate: 0.02 }\n");
const { source, close } = createSource(community.workspace.marts, readCatalog(SQL_ROOT));
let targets: (week: string, lang: string) => Promise<string[]>;
beforeAll(async () => {
  const people = Array.from({ length: 40 }, (_, at) => ({
    group_id: "g1",
    member_id: `m${at}`,
    joined_at: "2026-09-01 09:00:00",
    left_at: at < 2 ? "2026-11-05 09:00:00" : "",
  }));
  await community.import("members.csv", csv(people));
  const said = (day: string, many: number) =>
    people.slice(2, 2 + many).map(({ group_id, member_id }) => ({
      group_id,
      sender_id: member_id,
      sent_at: `${day} 10:00:00`,
      text: "早",
    }));
  await community.import(
    "messages.csv",
    csv([...said("2026-11-04", 16), ...said("2026-11-11", 24), ...said("2026-11-17", 4)]),
  );
  await community.build("2026-11-18T12:00:00");
  const app = await createApp({ source, dashboards: DASHBOARDS, lang: "zh" });
  targets = async (week, lang) => {
    const { text } = await request(app).get(`/?week=${week}&lang=${lang}`).set("Host", "127.0.0.1");
    return [...text.matchAll(/<dt>(?:目标|Target) ([^<]*)<\/dt><dd>([^<]*)/g)].map(
      ([, of, word]) => `${of}: ${word}`,
    );
  };
});
afterAll(() => {
  close();
  community.remove();
});

test("what should be low exceeds its target, what should be high falls short of it", async () => {
  expect(await targets("2026-W45", "en")).toEqual(["≥ 50.0%: 10.0pp short", "≤ 2.0%: 3.0pp above"]);
  expect(await targets("2026-W45", "zh")).toEqual(["≥ 50.0%: 差 10.0pp", "≤ 2.0%: 超出 3.0pp"]);
  expect(await targets("2026-W46", "zh")).toEqual(["≥ 50.0%: ✓ 达成", "≤ 2.0%: ✓ 达成"]);
});

test("a week that is not over has neither met nor missed a target (metrics.md 1: never judged)", async () => {
  expect(await targets("2026-W47", "en")).toEqual(["≥ 50.0%: not judged yet", "≤ 2.0%: not judged yet"]);
  expect(await targets("2026-W47", "zh")).toEqual(["≥ 50.0%: 还不判断", "≤ 2.0%: 还不判断"]);
});
