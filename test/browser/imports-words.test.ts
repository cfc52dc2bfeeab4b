import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSource } from "../../src/review/source.ts";
import { createApp } from "../../src/server/app.ts";
import { listen } from "../../src/server/listen.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Community, csv, SQL_ROOT } from "../support/community.ts";
import { DASHBOARDS } from "../support/demo.ts";
import { testDesk } from "../support/desk.ts";
import { openBrowser, type Tab } from "./tab.ts";

const said = (at: number, sent_at = `2026-10-0${1 + (at % 5)} 12:00:00`) => ({
  group_id: "g1",
  sender_id: `m${at % 5}`,
  sent_at,
  text: `hello ${at}`,
});
/** The row that cannot be read stands behind those of the preview. */
const MESSAGES = csv([...Array.from({ length: 20 }, (_, at) => said(at)), said(20, "yesterday")]);
const ORDERS = csv(
  [0, 1, 2].map((at) => ({ ref: `A${at}`, when: `2026-10-0${at + 1}`, sum: at === 1 ? "later" : "9.90" })),
);

describe("the imports page in English, by the keyboard", () => {
  const community = new Community();
  const { source, close } = createSource(community.workspace.marts, readCatalog(SQL_ROOT));
  const desk = testDesk(community.workspace, community.state);
  let server: Awaited<ReturnType<typeof listen>>;
  let browser: Awaited<ReturnType<typeof openBrowser>>;
  let tab: Tab;
  beforeAll(async () => {
    await community.state.create();
    const app = await createApp({ source, dashboards: DASHBOARDS, lang: "en", state: community.state, desk });
    server = await listen(app, { host: "127.0.0.1", port: 0 });
    browser = await openBrowser();
    tab = await browser.tab({ width: 390 });
  });
  afterAll(async () => {
    await browser.close();
    desk.jobs.close();
    await server.close();
    close();
    community.remove();
  });

  const drop = (...files: [name: string, body: string][]) =>
    tab.page.setInputFiles(
      "#drop input",
      files.map(([name, body]) => ({ name, mimeType: "text/csv", buffer: Buffer.from(body) })),
    );
  const focused = () => tab.page.evaluate(() => document.activeElement?.textContent ?? "");
  const marks = async () =>
    (await tab.page.locator("main").innerText()).match(/[\u3000-\u303f\uff00-\uffef]/g);
  const isWide = () => tab.page.evaluate(() => document.documentElement.scrollWidth > innerWidth);

  it("shows what stands in an unknown table, why rows are rejected, and keeps the place of whoever chooses", async () => {
    const { page } = tab;
    await page.goto(`${server.url}imports`);
    await drop(["messages.csv", MESSAGES], ["orders.csv", ORDERS], ["a.txt", "only a sentence"]);
    const [known, table] = [page.locator(".file").first(), page.locator(".file").nth(1)];
    await known.locator(".status .tag.warn").waitFor({ timeout: 100_000 });
    // Nothing of the preview is tinted: it does not stand open for that.
    expect(await known.locator("details:has(.grid)").getAttribute("open")).toBeNull();
    expect(await known.locator(".status details").innerText()).toMatch(/Sent at: not a time.*line 22/s);
    await table.locator(".grid", { hasText: "A2" }).waitFor({ timeout: 60_000 });
    for (const [field, column] of [
      ["Order number", "ref"],
      ["Paid at", "when"],
      ["Amount paid", "sum"],
    ] as const) {
      await table.getByLabel(field, { exact: true }).focus();
      await table.getByLabel(field, { exact: true }).selectOption(column);
      expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe(field);
    }
    await table.locator(".status .tag.warn").waitFor({ timeout: 60_000 });
    expect([await marks(), await isWide()]).toEqual([null, false]);
    await page.locator(".file").nth(2).getByRole("button").click();
    expect(await page.evaluate(() => document.activeElement?.matches("#drop input"))).toBe(true);
  });

  it("goes to the progress, names the file of a rejected row, and takes the result back with the batch", async () => {
    const { page } = tab;
    page.on("dialog", (dialog) => void dialog.accept());
    await page.locator("#import-start:enabled").click();
    await page.waitForFunction(() => document.activeElement?.matches("#import-run h2"));
    await page.waitForSelector(".sums", { timeout: 100_000 });
    expect(await page.locator(".bar-row .num").allInnerTexts()).toEqual([
      "done",
      "24 rows",
      "2 rejected",
      "0 known",
      "22 new",
      "done",
    ]);
    const rejected = await page.locator("#import-run .tbl").innerText();
    expect(rejected).toContain("messages.csv · line 22");
    expect(rejected).toContain("orders.csv · line 3");
    expect([await marks(), await isWide()]).toEqual([null, false]);
    await page.locator("#import-run button", { hasText: "Undo" }).click();
    await page.locator("#history > .notice").waitFor({ timeout: 100_000 });
    expect(await focused()).toBe("Undone: messages.csv, orders.csv");
    expect(await page.locator("#import-run").innerText()).toBe("");
  });

  it("a file that is known is not counted among those to import, and leaves with them", async () => {
    const { page } = tab;
    await drop(["messages.csv", MESSAGES]);
    await page.locator("#import-start:enabled").click({ timeout: 60_000 });
    await page.waitForSelector(".sums", { timeout: 100_000 });
    await drop(["messages.csv", MESSAGES]);
    await page.locator(".file .status", { hasText: "nothing is new" }).waitFor({ timeout: 60_000 });
    expect(await page.locator("#import-start").innerText()).toBe("No file is ready yet");
    expect(tab.console).toEqual([]);
  });
});
