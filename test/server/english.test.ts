import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { FIELDS } from "../../src/kit/fields.ts";
import { createSource } from "../../src/review/source.ts";
import { createApp } from "../../src/server/app.ts";
import { listen } from "../../src/server/listen.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { crawl } from "../browser/crawl.ts";
import { Community, csv, SQL_ROOT } from "../support/community.ts";
import { DASHBOARDS } from "../support/demo.ts";
import { testDesk } from "../support/desk.ts";

/** Marks and letters of Chinese: in a community that writes English, whatever of them stands on a page is ours. */
const CHINESE = /[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef][^<"]{0,30}/gu;
const MARKS = /[\u3000-\u303f\uff00-\uffef]/u;
const here = (path: string) => new URL(`../../src/${path}`, import.meta.url);

const GROUPS = ["Tea friends", "Weekend walkers"];
const WEEKS = ["2026-10-26", "2026-11-02", "2026-11-09"];
// Both groups are of one owner, and the role of the plans has two names: what joins them is ours too.
const community = new Community("groups:\n  g0: { owner: m1 }\n  g1: { owner: m1 }\n");
const plan = (id: string, title: string) => `version: V1
id: ${id}
title: Week ${id}
groups: [{ id: g0, start: 2026-10-26 }, { id: g1, start: 2026-10-26 }]
phases: [{ id: open, title: Opening }]
roles: { host: ${title} }
steps:
  - { id: hello, phase: open, day: 14, time: "09:00", role: host, content_type: notice, text: good morning all }
`;
const { source, close } = createSource(community.workspace.marts, readCatalog(SQL_ROOT));
const desk = testDesk(community.workspace, community.state);
let server: Awaited<ReturnType<typeof listen>>;
beforeAll(async () => {
  await community.state.create();
  const people = Array.from({ length: 60 }, (_, at) => ({ id: `m${at}`, group: at % 2 }));
  const members = people.flatMap(({ id, group }) => [
    { group_id: `g${group}`, member_id: id, name: `Guest ${id}`, joined_at: "2026-09-01 09:00:00" },
    // Who is in both has two names in one cell.
    { group_id: `g${1 - group}`, member_id: id, name: `Guest ${id}`, joined_at: "2026-09-02 09:00:00" },
  ]);
  const said = people.flatMap(({ id, group }, at) =>
    WEEKS.filter((_, week) => (at + week) % 3 > 0).map((day) => ({
      group_id: `g${group}`,
      group_name: GROUPS[group] ?? "",
      sender_id: id,
      sent_at: `${day} 10:00:00`,
      text: `good morning ${at}`,
    })),
  );
  const bought = people.slice(0, 30).map(({ id, group }, at) => ({
    order_id: `A${at}`,
    buyer_id: id,
    group_id: `g${group}`,
    paid_at: `${WEEKS[at % 2] ?? ""} 12:00:00`,
    amount: "19.90",
  }));
  await community.import("members.csv", csv(members));
  await community.import("messages.csv", csv(said));
  await community.import("orders.csv", csv(bought));
  await community.import("a.yaml", plan("a", "Host"));
  await community.import("b.yaml", plan("b", "Second host"));
  await community.build("2026-11-16T00:00:00+08:00");
  const { lists } = community.workspace;
  const app = await createApp({
    source,
    dashboards: DASHBOARDS,
    lang: "en",
    state: community.state,
    desk,
    lists,
  });
  server = await listen(app, { host: "127.0.0.1", port: 0 });
});
afterAll(async () => {
  desk.jobs.close();
  await server.close();
  close();
  community.remove();
});

test("no page in English has a mark or a letter of Chinese that is ours", async () => {
  const pages = await crawl(server.url);
  expect(pages.size).toBeGreaterThan(8);
  const lists = ["new", "active", "repeat", "quiet", "dormant"].map(
    (segment) => `/segments?segment=${segment}`,
  );
  const split = ["none", "owner", "group"].map((by) => `/explore?kpi=activity_rate&by=${by}`);
  const wrong = ["/nowhere", "/?week=banana", "/?group=nobody", "/?week=2020-W01", "/%E0%A4%A"];
  for (const path of [...pages.values(), ...lists, ...split, ...wrong]) {
    const answer = await fetch(new URL(path, server.url), { headers: { "accept-language": "en" } });
    const text = (await answer.text()).replaceAll(/hreflang="zh-CN">中文<| value="[^"]*"/g, "");
    expect([path, ...(text.match(CHINESE) ?? [])]).toEqual([path]);
    if (path.endsWith("by=none"))
      expect(text).toMatch(/Activity rate in 2026-W46: [\d.]+%; the highest of 3 weeks is/);
    if (path.endsWith("by=owner")) expect(text).toContain("Tea friends / Weekend walkers");
    if (path === "/sop") expect(text).toContain("Host / Second host");
  }
});

test("no text in English has a mark of Chinese, and no script joins with one", async () => {
  const texts: Record<string, readonly [string, string]> = { ...FIELDS };
  for (const file of readdirSync(here("server/texts")))
    Object.assign(texts, ...Object.values((await import(here(`server/texts/${file}`).href)) as object));
  expect(Object.keys(texts).length).toBeGreaterThan(500);
  expect(Object.entries(texts).filter(([, [, en]]) => MARKS.test(en))).toEqual([]);
  const scripts = (readdirSync(here("client"), { recursive: true }) as string[]).filter((one) =>
    one.endsWith(".ts"),
  );
  const lines = scripts.flatMap((one) => readFileSync(here(`client/${one}`), "utf8").split("\n"));
  expect(lines.filter((line) => MARKS.test(line) && !line.includes('lang === "zh"'))).toEqual([]);
});
