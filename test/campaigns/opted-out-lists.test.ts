import request from "supertest";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createSource } from "../../src/review/source.ts";
import { createApp } from "../../src/server/app.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Community, csv, SQL_ROOT } from "../support/community.ts";
import { DASHBOARDS } from "../support/demo.ts";

/* Forty silent members, some of whom an imported list names as wanting no messages: by account, by phone, by e-mail. */
const AS_OF = "2026-11-16T00:00:00";
const community = new Community();
const OUT = ["友0", "友1", "友2", "友3"];
beforeAll(async () => {
  const members = Array.from({ length: 40 }, (_, n) => ({
    group_id: "g1",
    member_id: `m${n}`,
    name: `友${n}`,
    joined_at: "2026-06-01 09:00:00",
    phone: `138000000${String(n).padStart(2, "0")}`,
  }));
  const said = { group_id: "g1", sender_id: "x", sent_at: "2026-11-15 12:00:00", text: "大家好" };
  await community.import("members.csv", csv(members));
  await community.import("messages.csv", csv([said]));
  await community.import("通讯录.csv", "微信号,昵称,邮箱\nm3,友3,m3@example.com\nm4,友4,\n");
});
afterAll(() => community.remove());

async function people() {
  await community.build(AS_OF);
  const { workspace, state } = community;
  const { source, close } = createSource(workspace.marts, readCatalog(SQL_ROOT));
  const app = await createApp({ source, state, dashboards: DASHBOARDS, lang: "zh", lists: workspace.lists });
  const get = (path: string) => request(app).get(path).set("Host", "127.0.0.1");
  const names = ({ text }: { text: string }) =>
    [...text.matchAll(/友\d+/g)].map(([name]) => name).filter((name, at, all) => all.indexOf(name) === at);
  try {
    const list = names(await get("/lists/dormant.csv?week=2026-W46&group=g1"));
    const wanted = { from: "2026-11-16", days: "7", week: "2026-W46", group: "g1", segment: "dormant" };
    const title = `唤醒 ${list.length} ${Math.trunc(performance.now())}`;
    const made = await request(app)
      .post("/campaigns")
      .set("Host", "127.0.0.1")
      .type("form")
      .send({ ...wanted, title });
    const path = String(made.headers["location"]);
    return { list, written: names(await get(`${path}.csv`)) };
  } finally {
    close();
  }
}

it("is left out of wake-up lists and campaigns, also after the people were imported again", async () => {
  const list =
    "微信号,手机号,邮箱,退订时间\nm0,,,2026-11-03\n,138 0000 0001,,是\n,,M3@example.com,已退订\nm2,,,11月4日\nm4,,,否\n";
  await community.import("退订.csv", list);
  await community.import("通讯录2.csv", "微信号,昵称,手机号\nm0,友0,13800000000\nm1,友1,13800000001\n");
  await community.import("退订_20261120.csv", "微信号,退订时间\nm0,\nm2,\n");
  const { list: rest, written } = await people();
  expect(rest).toHaveLength(36);
  expect(rest.filter((name) => OUT.includes(name))).toEqual([]);
  expect(rest).toContain("友4");
  expect(written.length).toBeGreaterThan(20);
  expect(written.filter((name) => OUT.includes(name))).toEqual([]);
});
