import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Review } from "../../src/review/types.ts";
import { type Demo, makeDemo } from "../support/demo.ts";
import { crawl } from "./crawl.ts";
import { drawnTexts } from "./drawn-texts.ts";
import { cellsThatDiffer, figuresThatDiffer, printedContributions } from "./numbers.ts";
import { AXE, openBrowser, type Tab } from "./tab.ts";

const SECTIONS = ["kpi", "acts", "why", "rhythm", "segments", "dormant", "sop", "definitions"];
/** Pages that must be among those found; whatever else is linked is checked the same way. */
const PAGES = [
  "/",
  "/groups/:id",
  "/segments",
  "/campaigns",
  "/explore",
  "/imports",
  "/definitions",
  "/settings",
];

/** Lists whose rows are blocks on a phone, and yet have something beyond the edge. */
const beyondTheEdge = (page: Tab["page"]) =>
  page
    .locator(".scroll:has(> .stack)")
    .evaluateAll((all) =>
      all.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.getAttribute("aria-label")),
    );

/** Cells of tables in which a name stands one character a line. */
const lettersDown = (page: Tab["page"]) =>
  page.locator(".tbl :is(th, td)").evaluateAll((all) =>
    all.flatMap((cell) => {
      const text = cell.textContent?.trim() ?? "";
      const range = document.createRange();
      range.selectNodeContents(cell);
      const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size;
      return lines > 3 && lines > text.length / 2 ? [text] : [];
    }),
  );

describe("the pages in a real browser", () => {
  let demo: Demo;
  let url: string;
  let browser: Awaited<ReturnType<typeof openBrowser>>;
  let pages: Map<string, string>;
  beforeAll(async () => {
    demo = await makeDemo();
    url = await demo.serve();
    browser = await openBrowser();
    await startCampaign();
    pages = await crawl(url);
  });
  afterAll(async () => {
    await browser.close();
    await demo.remove();
  });

  const visit = async (path: string, options: Parameters<typeof browser.tab>[0] = {}): Promise<Tab> => {
    const tab = await browser.tab(options);
    await tab.page.goto(new URL(path, url).href, { waitUntil: "networkidle" });
    return tab;
  };
  const startCampaign = () => {
    const fields = { title: "老客唤醒", from: "2026-11-01", days: "14", week: "2026-W44", group: "*" };
    const body = new URLSearchParams({
      ...fields,
      segment: "dormant",
      why: "lapsed_buyer",
      message: "最近用得怎样？",
    });
    return fetch(new URL("/campaigns", url), { method: "POST", body });
  };

  it("finds every page by its links", () => {
    expect([...pages.keys()]).toEqual(expect.arrayContaining([...PAGES, "/campaigns/:id"]));
  });

  it("every page: no accessibility violation in light, dark and on a phone; clean console; no scroll sideways", async () => {
    for (const [route, path] of [...pages, ["/nowhere", "/nowhere"]] as [string, string][]) {
      const tab = await visit(path, { width: 1360 });
      const { page } = tab;
      expect([route, "light", await tab.axe(AXE)]).toEqual([route, "light", []]);
      await page.emulateMedia({ colorScheme: "dark" });
      expect([route, "dark", await tab.axe(AXE, ["color-contrast"])]).toEqual([route, "dark", []]);
      await page.emulateMedia({ colorScheme: "light" });
      for (const width of [1081, 820, 768, 721, 390, 360]) {
        await page.setViewportSize({ width, height: 900 });
        const size = await page.evaluate(() => document.documentElement.scrollWidth);
        expect([route, width, Math.max(size, width)]).toEqual([route, width, width]);
        expect([route, width, await lettersDown(page)]).toEqual([route, width, []]);
        if (width === 390) {
          expect([route, width, await tab.axe(AXE)]).toEqual([route, width, []]);
          expect([route, await beyondTheEdge(page)]).toEqual([route, []]);
        }
      }
      expect([route, tab.console.filter((line) => !line.includes("404"))]).toEqual([route, []]);
      await tab.close();
    }
  });

  it("every page says what it has to without JavaScript, and weighs little", async () => {
    const tab = await browser.tab({ scripts: false });
    for (const [route, path] of pages) {
      await tab.page.goto(new URL(path, url).href);
      expect([route, await tab.page.locator("main h1").count()]).toEqual([route, 1]);
      expect([route, ((await tab.page.locator("main").textContent()) ?? "").length > 40]).toEqual([
        route,
        true,
      ]);
      const [weight, script] = await weigh(path);
      if (route === "/explore") continue;
      expect([route, weight <= 100 * 1024, script <= 10 * 1024]).toEqual([route, true, true]);
    }
    await tab.close();
  });

  /** Gzipped bytes of a page with its style and scripts, and of the scripts alone. */
  async function weigh(path: string): Promise<[number, number]> {
    const html = await (await fetch(new URL(path, url))).text();
    const assets = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, asset = ""]) => asset);
    const sizes = await Promise.all(
      assets.map(async (asset) => gzipSync(await (await fetch(new URL(asset, url))).text()).length),
    );
    const scripts = sizes.filter((_, at) => assets[at]?.endsWith(".js"));
    const sum = (list: readonly number[]) => list.reduce((all, one) => all + one, 0);
    return [gzipSync(html).length + sum(sizes), sum(scripts)];
  }

  it("no text leaves its drawing, on a phone and beside the text", async () => {
    for (const path of ["/?kpi=conversion_rate", "/?kpi=messages&lang=en"])
      for (const width of [360, 390, 480, 1200]) {
        const { page, close } = await visit(path, { width });
        const { count, beyond } = await drawnTexts(page);
        expect(count).toBeGreaterThan(40);
        expect([path, width, beyond]).toEqual([path, width, []]);
        await close();
      }
  });

  it("keeps group, week and KPI in the URL, by clicking", async () => {
    const tab = await visit("/", { width: 1360 });
    const { page } = tab;
    const group = demo.plan.groups[2];
    await page.selectOption("#scope", group?.id ?? "");
    await page.waitForURL(/group=/);
    expect(await page.textContent(".title .sub")).toContain(group?.name);
    await page.selectOption("#week", "2026-W40");
    await page.waitForURL(/week=2026-W40/);
    expect(await page.textContent("h1")).toContain("40");
    await page.selectOption("#vs", "mean");
    await page.waitForURL(/vs=mean/);
    expect(await page.textContent("#kpi .delta")).toContain("前 4 周均值");
    await page.focus(".segs a:nth-child(4)");
    await page.keyboard.press("Enter");
    await page.waitForURL(/kpi=churn_rate/);
    // The tabs were replaced with the section; the keyboard is still at the one that was chosen.
    expect(await page.evaluate(() => document.activeElement?.matches(".segs a:nth-child(4)"))).toBe(true);
    expect(await page.getAttribute(".segs a:nth-child(4)", "aria-current")).toBe("true");
    await page.goBack();
    await page.waitForFunction(
      () => document.querySelector(".segs a:nth-child(1)")?.getAttribute("aria-current") === "true",
    );
    await tab.close();
  });

  it("the weekly page is whole without JavaScript, and its controls work", async () => {
    const tab = await visit("/?kpi=churn_rate", { width: 1360, scripts: false });
    const { page } = tab;
    for (const id of SECTIONS) expect(await page.locator(`#${id}`).count()).toBe(1);
    expect(await page.locator(".chart svg").count()).toBe(6);
    // A button that only a script could answer is not there.
    expect(await page.locator(".js:visible").count()).toBe(0);
    expect(await page.locator(".chart ~ details.data table").count()).toBe(6);
    await page.selectOption("#scope", demo.plan.groups[0]?.id ?? "");
    await page.click(".controls button[type=submit]");
    await page.waitForURL(/group=/);
    await page.click(".look-menu summary");
    await page.click(".look-menu button[value=cn]");
    await page.waitForSelector("html[data-delta=cn]");
    expect(page.url()).toContain("group=");
    await tab.close();
  });

  it("searches and orders a list in place: focus, URL and spoken count follow, and the way back works", async () => {
    const tab = await visit("/segments?segment=active", { width: 1360 });
    const { page } = tab;
    await page.evaluate(() => Object.assign(window, { isSame: true }));
    const all = await page.textContent("[role=status]");
    await page.locator("#q").pressSequentially(demo.plan.groups[1]?.name ?? "");
    // A slow machine types slowly: what was typed so far may be searched before.
    await page.waitForURL((url) => url.searchParams.get("q") === demo.plan.groups[1]?.name);
    expect(await page.textContent("[role=status]")).not.toBe(all);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("q");
    const cells = await page.locator("[data-part=rows] td.long").allTextContents();
    expect(cells.length).toBeGreaterThan(3);
    expect(cells.every((groups) => groups.includes(demo.plan.groups[1]?.name ?? ""))).toBe(true);
    const found = /\d+/.exec((await page.textContent("[role=status]")) ?? "")?.[0];
    expect(await page.textContent("[data-part=file]")).toContain(found);
    await page.click("thead a[href*='sort=silent']");
    await page.waitForFunction(() => document.querySelector("th[aria-sort] a[href*='sort=silent']"));
    expect(await page.evaluate(() => document.activeElement?.getAttribute("href"))).toContain("sort=silent");
    const days = (await page.locator("tbody td:nth-of-type(3)").allTextContents()).map((text) =>
      Number(/\d+/.exec(text)?.[0] ?? Number.POSITIVE_INFINITY),
    );
    expect(days).toEqual([...days].sort((a, b) => b - a));
    await page.fill("#q", "nowhere");
    await page.waitForSelector("[data-part=rows] p");
    expect(await page.textContent("[data-part=rows]")).toContain("没有符合条件的成员");
    await page.goBack();
    await page.waitForSelector("[data-part=rows] tbody tr");
    expect(await page.inputValue("#q")).toBe(demo.plan.groups[1]?.name);
    expect(await page.evaluate(() => "isSame" in window)).toBe(true);
    expect(await tab.axe(AXE)).toEqual([]);
    expect(tab.console).toEqual([]);
    await tab.close();
    const plain = await visit(
      `/segments?segment=active&sort=silent&q=${encodeURIComponent(demo.plan.groups[1]?.name ?? "")}`,
      { width: 1360, scripts: false },
    );
    expect(await plain.page.locator("[data-part=rows] td.long").allTextContents()).toHaveLength(cells.length);
    await plain.close();
  });

  it("closes an open menu by Escape, which leads back to its button, and by a click elsewhere", async () => {
    const { page, close } = await visit("/", { width: 1360 });
    const isOpen = () => page.locator("details.menu").first().getAttribute("open");
    await page.locator("details.menu > summary").first().press("Enter");
    expect(await isOpen()).toBe("");
    await page.keyboard.press("Escape");
    expect(await isOpen()).toBe(null);
    expect(await page.evaluate(() => document.activeElement?.closest("details.menu") !== null)).toBe(true);
    await page.keyboard.press("Enter");
    expect(await isOpen()).toBe("");
    await page.locator("details.menu > summary").nth(1).click();
    expect([await isOpen(), await page.locator("details.menu[open]").count()]).toEqual([null, 1]);
    await close();
  });

  it("switches the theme and keeps it", async () => {
    const tab = await visit("/definitions", { width: 1360 });
    await tab.page.click("[data-theme-switch]");
    await tab.page.reload({ waitUntil: "networkidle" });
    expect(await tab.page.getAttribute("html", "data-theme")).toBe("dark");
    await tab.close();
  });

  it("every figure of the page is the API's and the workbook's, and the parts of a change add up as printed", async () => {
    const review = (await (await fetch(new URL("/api/v1/review", url))).json()) as Review;
    const tab = await visit("/", { width: 1360 });
    expect(await figuresThatDiffer(tab.page, review)).toEqual([]);
    const report = await fetch(new URL("/report.xlsx", url));
    expect(cellsThatDiffer(new Uint8Array(await report.arrayBuffer()), review)).toEqual([]);
    for (const { id } of review.kpis.filter(({ unit }) => unit === "ratio").slice(0, 6)) {
      await tab.page.goto(new URL(`/?kpi=${id}`, url).href);
      if ((await tab.page.locator("#why .split").count()) === 0) continue;
      const { parts, total, split } = await printedContributions(tab.page);
      expect([id, parts.reduce((sum, one) => sum + one, 0)]).toEqual([id, total]);
      expect([id, (split[1] ?? 0) + (split[2] ?? 0)]).toEqual([id, split[0]]);
    }
    // The comparison can fail: one figure off is found on both.
    const [first, ...rest] = review.kpis;
    const planted = { ...review, kpis: [{ ...(first as Review["kpis"][number]), value: 0.123456 }, ...rest] };
    expect(await figuresThatDiffer(tab.page, planted)).not.toEqual([]);
    await tab.close();
  });

  it("explores: the browser's own Vega draws under the page's policy, and its data can be had", async () => {
    const tab = await visit("/explore?kpi=conversion_rate&by=group", { width: 1360 });
    await tab.page.waitForSelector("#explore[data-drawn] svg path[aria-label]");
    expect(await tab.page.locator("#explore svg path[aria-label]").count()).toBeGreaterThan(20);
    expect(tab.console).toEqual([]);
    const href = await tab.page.getAttribute(".downloads a:nth-of-type(1)", "href");
    // text() would take the byte order mark away.
    const csv = Buffer.from(await (await fetch(new URL(href ?? "", url))).arrayBuffer()).toString("utf8");
    expect(csv.slice(0, 19)).toBe("\uFEFFweek,part,title_zh");
    await tab.close();
  });

  it("prints in at most six pages, in light colours", async () => {
    const tab = await visit("/", { width: 1360, dark: true });
    await tab.page.emulateMedia({ media: "print" });
    const ink = await tab.page.evaluate(() => getComputedStyle(document.body).color);
    expect(ink).toBe("rgb(21, 24, 30)");
    const pdf = await tab.page.pdf({ format: "A4" });
    const count = pdf.toString("latin1").match(/\/Type\s*\/Page[^s]/g)?.length ?? 0;
    expect(count).toBeGreaterThan(0);
    expect(count).toBeLessThanOrEqual(6);
    await tab.close();
  });
});
