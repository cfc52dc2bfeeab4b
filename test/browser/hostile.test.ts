import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSource } from "../../src/review/source.ts";
import { createApp } from "../../src/server/app.ts";
import { listen } from "../../src/server/listen.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Community, csv, SQL_ROOT } from "../support/community.ts";
import { DASHBOARDS } from "../support/demo.ts";
import { NAUGHTY } from "../support/naughty.ts";
import { crawl } from "./crawl.ts";
import { openBrowser } from "./tab.ts";

/** Groups have every third of the strings as their names, members all of them, and they say them too. */
const GROUPS = NAUGHTY.filter((_, at) => at % 3 === 0).map((name, at) => ({
  id: `g${at}`,
  name: clean(name),
}));
const config = JSON.stringify({ groups: Object.fromEntries(GROUPS.map(({ id, name }) => [id, { name }])) });

function clean(name: string): string {
  return name.replaceAll("\0", "");
}

describe("names and messages that would break a page", () => {
  const community = new Community(config);
  const { source, close } = createSource(community.workspace.marts, readCatalog(SQL_ROOT));
  const logged: Record<string, unknown>[] = [];
  let server: Awaited<ReturnType<typeof listen>>;
  let browser: Awaited<ReturnType<typeof openBrowser>>;
  beforeAll(async () => {
    const people = GROUPS.flatMap(({ id }, group) =>
      NAUGHTY.map((name, at) => ({
        group_id: id,
        member_id: `m${group}-${at}`,
        name: clean(name),
        joined_at: "2026-05-01 00:00:00",
      })),
    );
    const days = Array.from({ length: 15 }, (_, at) =>
      new Date(Date.UTC(2026, 9, 19 + at)).toISOString().slice(0, 10),
    );
    const messages = days.flatMap((day) =>
      people
        .map(({ group_id, member_id, name }, at) => ({
          group_id,
          sender_id: member_id,
          sender_name: name,
          sent_at: `${day} 12:00:00`,
          text: clean(NAUGHTY[at % NAUGHTY.length] ?? ""),
        }))
        .filter((_, at) => at % 3 === 0),
    );
    const orders = people.slice(0, 30).map(({ group_id, member_id }, at) => ({
      order_id: `o${at}`,
      paid_at: `${days[at % 14]} 13:00:00`,
      amount: 10,
      buyer_id: member_id,
      group_id,
    }));
    await community.import("members.csv", csv(people));
    await community.import("messages.csv", csv(messages));
    await community.import("orders.csv", csv(orders));
    await community.build("2026-11-02T00:00:00");
    const { state, workspace } = community;
    const app = await createApp({
      source,
      dashboards: DASHBOARDS,
      lang: "zh",
      state,
      lists: workspace.lists,
      // What went wrong inside stands in the message of a failure, not only that something did.
      log: (line) => {
        if (line["level"] === "error") logged.push(line);
      },
    });
    server = await listen(app, { host: "127.0.0.1", port: 0 });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await server.close();
    close();
    community.remove();
  });

  it("stay text on every page: nothing runs, nothing is added, nothing is pushed aside", async () => {
    logged.length = 0;
    const pages = await crawl(server.url);
    const hostile = [
      ...GROUPS.slice(0, 4).map(({ id }) => `/groups/${id}`),
      "/segments?segment=active",
      "/explore?by=group",
    ];
    const tab = await browser.tab({ width: 390 });
    const { page } = tab;
    const dialogs: string[] = [];
    const failed: string[] = [];
    page.on("response", (response) => {
      if (response.status() >= 500) failed.push(response.url().replace(server.url, ""));
    });
    page.on("dialog", (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    for (const path of [...pages.values(), ...hostile]) {
      await page.goto(new URL(path, server.url).href, { waitUntil: "networkidle" });
      const planted = await page.locator("img[src=x], [onerror], [onload], script:not([src])").count();
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect([path, planted, Math.max(390, width)]).toEqual([path, 0, 390]);
    }
    expect([dialogs, failed, logged]).toEqual([[], [], []]);
    expect(tab.console).toEqual([]);
    await page.goto(new URL("/groups/g0", server.url).href);
    expect(await page.textContent("h1")).toContain(GROUPS[0]?.name);
    await tab.close();
  });

  it("stay text in the offline page and in the workbook", async () => {
    const html = await (await fetch(new URL("/report.html", server.url))).text();
    expect(html).not.toContain("<img src=x");
    expect(html.match(/<script/g)).toHaveLength(1);
    const tab = await browser.tab({ width: 390 });
    await tab.page.setContent(html);
    expect(await tab.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await tab.close();
    const workbook = await fetch(new URL("/report.xlsx", server.url));
    expect(workbook.status).toBe(200);
  });
});
