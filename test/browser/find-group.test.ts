import { afterAll, beforeAll, expect, test } from "vitest";
import { createSource } from "../../src/review/source.ts";
import { createApp } from "../../src/server/app.ts";
import { listen } from "../../src/server/listen.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Community, csv, SQL_ROOT } from "../support/community.ts";
import { DASHBOARDS } from "../support/demo.ts";
import { AXE, openBrowser } from "./tab.ts";

const NAMES = Array.from({ length: 34 }, (_, at) => `团购 ${at} 群`);
/** Two groups of one name, as chats have them. */
const config = JSON.stringify({
  groups: Object.fromEntries([...NAMES, "城西", "城西"].map((name, at) => [`g${at}`, { name }])),
});

const community = new Community(config);
const { source, close } = createSource(community.workspace.marts, readCatalog(SQL_ROOT));
let server: Awaited<ReturnType<typeof listen>>;
let browser: Awaited<ReturnType<typeof openBrowser>>;
beforeAll(async () => {
  const said = Array.from({ length: 36 }, (_, at) => ({
    group_id: `g${at}`,
    sender_id: `m${at}`,
    sent_at: "2026-11-11 10:00:00",
    text: "早",
  }));
  await community.import("messages.csv", csv(said));
  await community.build("2026-11-16T00:00:00+08:00");
  server = await listen(await createApp({ source, dashboards: DASHBOARDS, lang: "zh" }), {
    host: "127.0.0.1",
    port: 0,
  });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await server.close();
  close();
  community.remove();
});

test("one of many groups is found by a part of its name, by the keyboard", async () => {
  const tab = await browser.tab();
  const { page } = tab;
  await page.goto(server.url);
  expect(await page.locator("#scope").isVisible()).toBe(false);
  expect(await tab.axe(AXE)).toEqual([]);
  await page.fill(".find", "33");
  await page.press(".find", "Enter");
  await page.waitForURL(/group=g33/);
  expect(await page.getAttribute(".find", "placeholder")).toBe("团购 33 群");
  const names = await page.locator("datalist option").evaluateAll((all) => all.map((one) => one.textContent));
  expect(names.filter((name) => name?.startsWith("城西"))).toEqual(["城西", "城西 (g35)"]);
  await page.fill(".find", "城西 (g35)");
  await page.press(".find", "Enter");
  await page.waitForURL(/group=g35/);
  // A name that no group has is said to be none, and never stands there as if it were chosen.
  const said = () => page.locator(".find").evaluate((one: HTMLInputElement) => one.validationMessage);
  await page.fill(".find", "没有这个群");
  await page.press(".find", "Enter");
  expect(await said()).toBe("没有这个名字的群");
  await page.locator("h1").click();
  expect([await page.inputValue(".find"), await said()]).toEqual(["", ""]);
  // Without Enter the one that it can be is taken; of several none.
  await page.fill(".find", "团购 3");
  await page.locator("h1").click();
  expect(await page.inputValue(".find")).toBe("");
  expect(page.url()).toContain("group=g35");
  await page.fill(".find", "购 17");
  await page.locator("h1").click();
  await page.waitForURL(/group=g17/);
  expect(tab.console).toEqual([]);
  await tab.close();
});

test("without scripts the select stays", async () => {
  const tab = await browser.tab({ scripts: false });
  await tab.page.goto(server.url);
  expect(await tab.page.locator("#scope").isVisible()).toBe(true);
  await tab.close();
});
