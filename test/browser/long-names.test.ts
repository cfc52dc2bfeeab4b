import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSource } from "../../src/review/source.ts";
import { createApp } from "../../src/server/app.ts";
import { listen } from "../../src/server/listen.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Community, csv, SQL_ROOT } from "../support/community.ts";
import { DASHBOARDS } from "../support/demo.ts";
import { openBrowser } from "./tab.ts";

/* Two groups, one with a name that offers no place to break it, the other with one of sixty characters. */
const ENDLESS = "GroupNameWithoutAnySpacesInItSoThatItCannotBeBrokenAnywhereAtAllInALine";
const LONG = "一个把主办方和城市和主题和期数和负责人都写进去的群名".repeat(3).slice(0, 60);
const config = JSON.stringify({ groups: { g1: { name: ENDLESS }, g2: { name: LONG } } });

describe("long names of groups", () => {
  const community = new Community(config);
  const { source, close } = createSource(community.workspace.marts, readCatalog(SQL_ROOT));
  let server: Awaited<ReturnType<typeof listen>>;
  let browser: Awaited<ReturnType<typeof openBrowser>>;
  beforeAll(async () => {
    const people = Array.from({ length: 24 }, (_, at) => ({
      group_id: at % 2 ? "g1" : "g2",
      member_id: `m${at}`,
      name: `会员${at}`,
      joined_at: "2026-06-01 09:00:00",
    }));
    await community.import("members.csv", csv(people));
    const days = Array.from({ length: 21 }, (_, at) =>
      new Date(Date.UTC(2026, 9, 12 + at)).toISOString().slice(0, 10),
    );
    // Half of them speak; the others bought long ago and are listed.
    const messages = days.flatMap((day) =>
      people.slice(0, 12).map(({ group_id, member_id }) => ({
        group_id,
        sender_id: member_id,
        sent_at: `${day} 10:00:00`,
        text: "hi",
      })),
    );
    await community.import("messages.csv", csv(messages));
    const orders = people.slice(12).map(({ member_id }, at) => ({
      order_id: `o${at}`,
      buyer_id: member_id,
      paid_at: "2026-08-03 12:00:00",
      amount: 30 + at,
    }));
    await community.import("orders.csv", csv(orders));
    await community.build("2026-11-02T00:00:00");
    const { state, workspace } = community;
    const app = await createApp({
      source,
      dashboards: DASHBOARDS,
      lang: "zh",
      state,
      lists: workspace.lists,
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

  it.each(["/", "/groups/g1", "/segments", "/sop", "/explore?by=group", "/settings", "/imports"])(
    "%s is as wide as a phone",
    async (path) => {
      const tab = await browser.tab({ width: 360 });
      await tab.page.goto(new URL(path, server.url).href, { waitUntil: "networkidle" });
      expect(await tab.page.textContent("main")).toMatch(
        path === "/imports" || path === "/sop" ? /./ : ENDLESS,
      );
      expect(await tab.page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
      await tab.close();
    },
  );
});
