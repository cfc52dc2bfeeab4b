import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createSource } from "../../src/review/source.ts";
import { createApp } from "../../src/server/app.ts";
import { listen } from "../../src/server/listen.ts";
import { addUser } from "../../src/state/users.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Community, csv, SQL_ROOT } from "../support/community.ts";
import { DASHBOARDS } from "../support/demo.ts";
import { testDesk } from "../support/desk.ts";
import { file } from "./imports-scene.ts";
import { openBrowser } from "./tab.ts";

/* Thirty silent members, and somebody whose session ends while the list is open. */
const PASSWORD = "a long enough password";
const community = new Community();
const { source, close } = createSource(community.workspace.marts, readCatalog(SQL_ROOT));
const desk = testDesk(community.workspace, community.state);
let server: Awaited<ReturnType<typeof listen>>;
let browser: Awaited<ReturnType<typeof openBrowser>>;
beforeAll(async () => {
  const { workspace, state } = community;
  const members = Array.from({ length: 30 }, (_, n) => ({
    ...{ group_id: "g1", group_name: "城西群", member_id: `m${n}`, joined_at: "2026-06-01 09:00:00" },
  }));
  const said = { group_id: "g1", sender_id: "x", sent_at: "2026-11-15 12:00:00", text: "早" };
  await community.import("members.csv", csv(members));
  await community.import("messages.csv", csv([said]));
  await community.build("2026-11-16T00:00:00");
  await addUser(state, { name: "admin", role: "admin", groups: [] }, PASSWORD, new Date());
  const { lists } = workspace;
  const app = await createApp({ source, state, dashboards: DASHBOARDS, lang: "zh", lists, desk });
  server = await listen(app, { host: "127.0.0.1", port: 0 });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  desk.jobs.close();
  await server.close();
  close();
  community.remove();
});

async function signIn(page: Page): Promise<void> {
  await page.goto(`${server.url}login`);
  await page.fill("input[name=name]", "admin");
  await page.fill("input[name=password]", PASSWORD);
  await page.click("main form button");
  await page.waitForURL((url) => url.pathname !== "/login");
}

test("a search whose session is over leads to the sign-in, and from there to what was searched for", async () => {
  const { page, close: shut } = await browser.tab();
  await signIn(page);
  await page.goto(`${server.url}segments`);
  await page.context().clearCookies();
  await page.fill("input#q", "城西");
  await page.waitForURL(/\/login\?back=/);
  await page.fill("input[name=name]", "admin");
  await page.fill("input[name=password]", PASSWORD);
  await page.click("main form button");
  await page.waitForURL(/\/segments\?.*q=/);
  expect([await page.inputValue("input#q"), await page.textContent("[data-part-text=found]")]).toEqual([
    "城西",
    "找到 30 人",
  ]);
  await shut();
});

test("a form whose session is over says so, and keeps what was filled in for whoever signs in again", async () => {
  const { page, close: shut } = await browser.tab();
  await signIn(page);
  await page.goto(`${server.url}segments`);
  await page.click("details.campaign-new summary");
  await page.fill("input[name=title]", "唤醒老客");
  await page.context().clearCookies();
  await page.click("details.campaign-new button");
  await page.getByText("没有登录，或登录已过期").waitFor();
  const other = await page.context().newPage();
  await signIn(other);
  await other.close();
  await page.goBack();
  expect(await page.inputValue("input[name=title]")).toBe("唤醒老客");
  await shut();
});

test("files whose session is over stay, with a way to sign in, and go on once somebody comes back from there", async () => {
  const { page, close: shut } = await browser.tab();
  await signIn(page);
  await page.goto(`${server.url}imports`);
  const rows = [{ group_id: "g1", sender_id: "y", sent_at: "2026-11-15 13:00:00", text: "好" }];
  await page.setInputFiles("#drop input", file("one.csv", csv(rows)));
  await page
    .locator("#import-start", { hasText: "1" })
    .and(page.locator(":enabled"))
    .waitFor({ timeout: 60_000 });
  await page.context().clearCookies();
  await page.setInputFiles("#drop input", file("two.csv", csv([{ ...rows[0], text: "在" }])));
  await page.getByText("没有登录，或登录已过期").waitFor();
  await page.click("#import-start");
  await page.locator("#import-run", { hasText: "没有登录" }).waitFor();
  const [other] = await Promise.all([page.context().waitForEvent("page"), page.click("#signed-out a")]);
  await signIn(other);
  await other.close();
  // A browser without windows does not tell that one comes back to a tab.
  await page.evaluate(() => dispatchEvent(new Event("focus")));
  await page
    .locator("#import-start", { hasText: "2" })
    .and(page.locator(":enabled"))
    .waitFor({ timeout: 60_000 });
  expect([await page.isHidden("#signed-out"), await page.locator(".file h2").allTextContents()]).toEqual([
    true,
    ["one.csv", "two.csv"],
  ]);
  await shut();
});
