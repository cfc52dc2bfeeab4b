import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Demo, makeDemo } from "../support/demo.ts";
import { AXE, openBrowser, type Tab } from "./tab.ts";

const SECTIONS = ["kpi", "acts", "why", "rhythm", "segments", "dormant", "sop", "definitions"];

describe("the weekly page in a real browser", () => {
  let demo: Demo;
  let url: string;
  let browser: Awaited<ReturnType<typeof openBrowser>>;
  beforeAll(async () => {
    demo = await makeDemo();
    url = await demo.serve();
    browser = await openBrowser();
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

  it.each([
    ["light", { width: 1360 }],
    ["dark", { width: 1360, dark: true }],
    ["phone", { width: 390 }],
  ] as const)("has no accessibility violation and a clean console: %s", async (_name, options) => {
    for (const path of ["/", "/segments", "/imports", "/nowhere"]) {
      const tab = await visit(path, options);
      const violations = await tab.axe(AXE);
      expect([path, violations]).toEqual([path, []]);
      expect([path, tab.console.filter((line) => !line.includes("404"))]).toEqual([path, []]);
      await tab.close();
    }
  });

  it.each([360, 390, 721, 768, 1080, 1280])("does not scroll sideways at %i px", async (width) => {
    const tab = await visit("/", { width });
    const [content, screen] = await tab.page.evaluate(() => [
      document.documentElement.scrollWidth,
      innerWidth,
    ]);
    expect(content).toBeLessThanOrEqual(screen ?? 0);
    await tab.close();
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
    await page.click(".segs a:nth-child(4)");
    await page.waitForURL(/kpi=churn_rate/);
    expect(await page.getAttribute(".segs a:nth-child(4)", "aria-current")).toBe("true");
    await page.goBack();
    await page.waitForFunction(
      () => document.querySelector(".segs a:nth-child(1)")?.getAttribute("aria-current") === "true",
    );
    await tab.close();
  });

  it("is whole without JavaScript", async () => {
    const tab = await visit("/?kpi=churn_rate", { width: 1360, scripts: false });
    for (const id of SECTIONS) expect(await tab.page.locator(`#${id}`).count()).toBe(1);
    expect(await tab.page.locator(".chart svg").count()).toBe(6);
    expect(await tab.page.locator(".chart ~ details.data table").count()).toBe(6);
    await tab.page.selectOption("#scope", demo.plan.groups[0]?.id ?? "");
    await tab.page.click(".controls button[type=submit]");
    expect(tab.page.url()).toContain("group=");
    await tab.close();
  });

  it("switches the theme and keeps it", async () => {
    const tab = await visit("/", { width: 1360 });
    await tab.page.click("[data-theme-switch]");
    await tab.page.reload({ waitUntil: "networkidle" });
    expect(await tab.page.getAttribute("html", "data-theme")).toBe("dark");
    await tab.close();
  });

  it("prints in at most six pages, in light colours", async () => {
    const tab = await visit("/", { width: 1360, dark: true });
    await tab.page.emulateMedia({ media: "print" });
    const ink = await tab.page.evaluate(() => getComputedStyle(document.body).color);
    expect(ink).toBe("rgb(21, 24, 30)");
    const pdf = await tab.page.pdf({ format: "A4" });
    const pages = pdf.toString("latin1").match(/\/Type\s*\/Page[^s]/g)?.length ?? 0;
    expect(pages).toBeGreaterThan(0);
    expect(pages).toBeLessThanOrEqual(6);
    await tab.close();
  });

  it("shows the same numbers as the API", async () => {
    const review = await demo.source.read((generation) => generation.review({}));
    const tab = await visit("/?lang=en", { width: 1360 });
    for (const kpi of review?.kpis ?? []) {
      const card = await tab.page.textContent(`#kpi-${kpi.id}`);
      if (kpi.denominator !== null)
        expect(card).toContain(
          `${kpi.numerator?.toLocaleString("en-US")} / ${kpi.denominator.toLocaleString("en-US")}`,
        );
    }
    expect(await tab.page.textContent("#dormant .control")).toContain(String(review?.dormant.total));
    await tab.close();
  });
});
