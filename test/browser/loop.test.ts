import { readFileSync } from "node:fs";
import ICAL from "ical.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Plan } from "../../src/kit/plan.ts";
import { readPlanYaml } from "../../src/kit/plan-yaml.ts";
import { createSource } from "../../src/review/source.ts";
import { findSuggestion } from "../../src/review/suggestions.ts";
import type { Effect } from "../../src/rules/suggestion.ts";
import { createApp } from "../../src/server/app.ts";
import { listen } from "../../src/server/listen.ts";
import { planPage } from "../../src/sop/print.ts";
import { accept, done, listActions, recordEffect } from "../../src/state/suggestions.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Database } from "../../src/warehouse/database.ts";
import { generationPath } from "../../src/warehouse/publish.ts";
import { Community, csv, SQL_ROOT } from "../support/community.ts";
import { DASHBOARDS } from "../support/demo.ts";
import { AXE, openBrowser, type Tab } from "./tab.ts";
import { unevenTables } from "./uneven.ts";

/*
 * A suggestion followed in a real browser, from its evidence to what came of it: g1 acts and improves, g2 had tried
 * the same twice without an improvement. The plan of g1 is on the SOP page.
 */
const community = new Community(`staff: [s1]
groups:
  g1: { name: 虚构茶友群, kind: retail }
  g2: { name: 虚构面包群, kind: retail }
rules: { ORG-01: false }
`);
const PLAN = `version: V1
id: tea
title: 茶友群的一周
groups: [g1]
roles: { owner: 群主 }
steps:
  - { id: tue-tip, weekday: tue, time: "09:00", role: owner, text: "通知第0条，请看群公告" }
  - { id: thu-story, weekday: thu, time: "20:00", role: owner, text: "【周四故事】说说你第一次泡岩茶的样子", tolerances: { length: { min: 5, max: 60 } } }
`;
const day = (date: string, hour: number) => `2026-${date}T${String(hour).padStart(2, "0")}:00:00`;
const members = ["g1", "g2"].flatMap((group) =>
  Array.from({ length: 40 }, (_, at) => ({ group, id: `${group}m${at}` })),
);
const catalog = readCatalog(SQL_ROOT);
const { source, close } = createSource(community.workspace.marts, catalog);
let browser: Awaited<ReturnType<typeof openBrowser>>;
let server: Awaited<ReturnType<typeof listen>>;
let url: string;

beforeAll(async () => {
  await community.import(
    "members.csv",
    csv([
      ...members.map(({ group, id }) => ({
        group_id: group,
        member_id: id,
        name: `茶友${id}`,
        role: "member",
        joined_at: day("09-01", 9),
      })),
      ...["g1", "g2"].map((group) => ({
        group_id: group,
        member_id: "s1",
        name: "欧阳测试",
        role: "staff",
        joined_at: day("09-01", 9),
      })),
    ]),
  );
  const said = (group_id: string, sender_id: string, sent_at: string, text: string, mentions = "") => ({
    group_id,
    sender_id,
    sent_at,
    text,
    mentions,
  });
  const talk = ["10-26", "11-02", "11-09", "11-16"].flatMap((monday) =>
    members
      .filter((_, at) => at % 3 === 0)
      .map(({ group, id }, at) => said(group, id, day(monday, 9 + (at % 10)), `今天第${at}杯茶喝的是白茶`)),
  );
  const calls = (group: string, date: string, n: number) =>
    Array.from({ length: n }, (_, at) =>
      said(group, "s1", day(date, 9 + at), `通知第${at}条，请看群公告`, "*"),
    );
  await community.import(
    "messages.csv",
    csv([
      ...talk,
      ...calls("g1", "11-10", 12),
      ...calls("g2", "11-10", 12),
      ...calls("g1", "11-18", 1),
      said("g1", "g1m1", day("11-23", 9), "新的一周"),
      said("g2", "g2m1", day("11-23", 9), "新的一周"),
    ]),
  );
  await community.import("plan.yaml", PLAN);
  const generation = await community.build("2026-11-16T00:00:00");
  await failBefore(generation);
  await community.build("2026-11-16T00:00:00");
  const app = await createApp({ source, dashboards: DASHBOARDS, lang: "zh", state: community.state });
  server = await listen(app, { host: "127.0.0.1", port: 0 });
  url = server.url;
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await server.close();
  close();
  community.remove();
});

/** Two earlier actions of g2 that were carried out and changed nothing. */
async function failBefore(generation: string): Promise<void> {
  const database = await Database.open(generationPath(community.workspace.marts, generation), {
    readOnly: true,
  });
  const [row] = await database.all(
    "select id from report.suggestions where rule = 'AD-06' and group_id = 'g2' and outcome = 'shown'",
  );
  const shown = await findSuggestion(database, String(row?.["id"]));
  database.close();
  if (!shown) throw new Error("g2 has no such suggestion");
  const actor = { by: "小林", at: new Date("2026-10-20T00:00:00Z") };
  for (const [id, week, nowWeek] of [
    ["aaaaaaaaaa", "2026-10-12", "2026-10-19"],
    ["bbbbbbbbbb", "2026-10-26", "2026-11-02"],
  ] as const) {
    await accept(
      community.state,
      { ...shown, id, week },
      { owner: "小林", due: undefined, baseWeek: week },
      actor,
    );
    await done(community.state, id, "person", actor);
    const figure = { numerator: null, denominator: null, value: 12 };
    const effect: Effect = {
      measure: shown.expect[0] ?? { measure: "input", id: "at_all", direction: "down" },
      title: { zh: "@所有人", en: "@all" },
      unit: "count",
      wasWeek: week,
      nowWeek,
      was: figure,
      now: figure,
      delta: 0,
      interval: [-1, 1],
      others: null,
      verdict: "unchanged",
      level: "E0",
      text: { zh: "@所有人 12→12，无明显变化。", en: "@all 12→12: no visible change." },
    };
    await recordEffect(community.state, id, effect, actor);
  }
}

const visit = async (path: string, options: Parameters<typeof browser.tab>[0] = {}): Promise<Tab> => {
  const tab = await browser.tab(options);
  await tab.page.goto(new URL(path, url).href, { waitUntil: "networkidle" });
  return tab;
};
/** The rule's one card: the group that it asks first, and the other one behind a fold. */
const card = (tab: Tab) => tab.page.locator("#sop article", { hasText: "虚构茶友群等 2 个群@所有人 太勤" });

describe("a suggestion in the browser, from evidence to effect", () => {
  it("the page says that it did not work before, and ranks it below the untried one", async () => {
    const tab = await visit("/?week=2026-W46");
    const folded = card(tab).locator(".also li", { hasText: "虚构面包群" });
    const tried = "以前试过 2 次，改善 0 次。 在这个群没起作用，排到没试过的后面";
    expect(await folded.textContent()).toContain(tried);
    expect(await folded.locator("button", { hasText: "加入下周行动" }).count()).toBe(1);
    expect((await card(tab).textContent())?.split("在这个群没起作用")).toHaveLength(2);
    await tab.close();
    const page = await visit("/sop?week=2026-W46");
    expect(await page.page.locator("#no-help").textContent()).toContain("12→12");
    await page.close();
  });

  it("evidence, thresholds and source are read, then it is edited into an action, without JavaScript", async () => {
    const tab = await visit("/?week=2026-W46", { scripts: false });
    const { page } = tab;
    await card(tab).getByRole("link", { name: "看明细" }).click();
    await page.waitForURL(/\/sop\/suggestions\//);
    const main = await page.textContent("main");
    for (const text of ["证据", "12", "触发条件", "什么情况下会误报", "S3-23", "还没有人处理过"])
      expect(main).toContain(text);
    // The twelve calls one by one, and how often there were any in the weeks before; who sent them is masked.
    expect(await page.locator("#rows tbody tr").count()).toBe(12);
    expect(await page.locator("#rows tbody tr").first().textContent()).toMatch(
      /11\.10 09:00.*欧\*试.*@所有人/,
    );
    expect(main).not.toContain("欧阳测试");
    await page.fill("input[name=owner]", "小周");
    await page.fill("input[name=due]", "2026-11-20");
    await page.getByRole("button", { name: "加入下周行动" }).click();
    await page.fill("input[name=text]", "@所有人 一周只用一次");
    await page.getByRole("button", { name: "保存" }).click();
    await page.locator("main", { hasText: "@所有人 一周只用一次" }).waitFor();
    expect(await page.locator(".steps-done li").count()).toBe(2);
    await page.goto(new URL("/?week=2026-W46", url).href);
    expect(await page.textContent(".plan")).toContain("小周 · 2026-11-20");
    await page.locator(".plan a", { hasText: "一周只用一次" }).click();
    await page.fill("input[name=reason]", "点错了");
    await page.getByRole("button", { name: "移出下周行动" }).click();
    await page.locator(".steps-done", { hasText: "点错了" }).waitFor();
    await page.getByRole("button", { name: "加入下周行动" }).click();
    await page.goto(new URL("/?week=2026-W46", url).href);
    expect(await page.textContent(".plan")).toContain("一周只用一次");
    await tab.close();
  });

  it("next week it is found done in the log, its effect stands on both pages", async () => {
    await community.build("2026-11-23T00:00:00");
    const tab = await visit("/?week=2026-W47");
    const row = tab.page.locator("#acts tr", { hasText: "一周只用一次" });
    expect(await row.textContent()).toMatch(/✓ 完成.*12→1/);
    await row.getByRole("link").click();
    await tab.page.waitForURL(/suggestions/);
    expect(await tab.page.locator(".steps-done").textContent()).toMatch(
      /采纳[\s\S]*修改[\s\S]*完成[\s\S]*看效果/,
    );
    expect(await tab.page.locator(".effect").textContent()).toMatch(/E0[\s\S]*12→1.*改善/);
    const [action] = (await listActions(community.state)).filter(({ groupId }) => groupId === "g1");
    expect(action).toMatchObject({ status: "done", doneSource: "log", effect: { verdict: "improved" } });
    await tab.close();
  });
});

describe("the SOP page", () => {
  const path = "/sop?week=2026-W47&day=2026-11-19";

  it("shows what is due with its script, the week, adherence and the evidence; names are masked; without JavaScript", async () => {
    const tab = await visit(path, { scripts: false });
    expect(await tab.page.locator("#today .script").textContent()).toContain("说说你第一次泡岩茶的样子");
    expect(await tab.page.locator("#today .tag").textContent()).toBe("漏发");
    // A step is known by the first words of its script.
    expect(await tab.page.locator("#week-plan tbody th[scope=row]").allTextContents()).toEqual([
      "tue-tip 通知第0条，请看群公告",
      "thu-story 【周四故事】说说你第一次泡岩茶的…",
    ]);
    expect(await tab.page.locator("#kept .sub").first().textContent()).toContain("到期 2 步：按时 0");
    // The role by its name, not by the plan's key.
    expect(await tab.page.locator("#kept tbody th").allTextContents()).toContain("群主");
    const text = await tab.page.textContent("main");
    expect(text).not.toContain("欧阳测试");
    const feed = await tab.page.getAttribute('.title a[href*="role="]', "href");
    const answer = await fetch(new URL(feed ?? "", url));
    expect(answer.headers.get("content-type")).toBe("text/calendar; charset=utf-8");
    const events = new ICAL.Component(ICAL.parse(await answer.text())).getAllSubcomponents("vevent");
    expect(events.length).toBeGreaterThan(1);
    expect(events.map((one) => String(one.getFirstPropertyValue("description")))).toContainEqual(
      expect.stringContaining("群主"),
    );
    const nobody = await (await fetch(new URL("/sop.ics?role=nobody", url))).text();
    expect(nobody).not.toContain("VEVENT");
    await tab.page.selectOption("#sop-scope", "g1");
    await tab.page.selectOption("#sop-week", "2026-W46");
    await tab.page.click("form.controls button[type=submit]");
    await tab.page.waitForURL(/week=2026-W46/);
    expect(await tab.page.locator("#evidence").textContent()).toMatch(
      /09:00.*tue-tip.*按时.*11\.10 09:00 欧\*试 · 话术相似/,
    );
    await tab.close();
  });

  it.each([
    ["light", path, { width: 1360 }],
    ["dark", `${path}&lang=en`, { width: 1360, dark: true }],
    ["phone", path, { width: 390 }],
    ["empty", "/sop?week=2026-W44&group=g2", { width: 390 }],
  ] as const)(
    "has no accessibility violation, a clean console and no sideways scroll: %s",
    async (name, at, options) => {
      const tab = await visit(at, options);
      expect(await tab.axe(AXE)).toEqual([]);
      expect(tab.console).toEqual([]);
      const [content, screen] = await tab.page.evaluate(() => [
        document.documentElement.scrollWidth,
        innerWidth,
      ]);
      expect(content).toBeLessThanOrEqual(screen ?? 0);
      expect(await tab.page.evaluate(unevenTables)).toEqual([]);
      const folder = process.env["SHOTS"];
      if (folder) await tab.page.screenshot({ path: `${folder}/sop-${name}.png`, fullPage: true });
      await tab.close();
    },
  );
});

it.each(["camp", "fan", "product", "retail"])("the %s template prints on one page", async (kind) => {
  const source = readFileSync(
    new URL(`../../pipelines/plans/templates/${kind}.yaml`, import.meta.url),
    "utf8",
  );
  const { plan } = readPlanYaml(source);
  const tab = await browser.tab({ width: 1100 });
  await tab.page.setContent(planPage(plan as Plan));
  const pdf = await tab.page.pdf({ preferCSSPageSize: true });
  expect(pdf.toString("latin1").match(/\/Type\s*\/Page[^s]/g)).toHaveLength(1);
  await tab.close();
});
