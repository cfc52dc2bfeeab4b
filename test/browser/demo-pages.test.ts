import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Review } from "../../src/review/types.ts";
import { type Demo, makeDemo } from "../support/demo.ts";
import { toldByGroundOnly } from "./forced-colours.ts";
import { figuresThatDiffer } from "./numbers.ts";
import { openBrowser, type Tab } from "./tab.ts";

/** What a chart says of each of its marks: the same at every width. */
const marks = (tab: Tab) =>
  tab.page
    .locator(".chart[data-chart]")
    .evaluateAll((charts) =>
      charts.map((chart) => [
        chart.getAttribute("data-chart"),
        ...[...chart.querySelectorAll("[aria-label]:not(svg)")].map((mark) =>
          mark.getAttribute("aria-label"),
        ),
      ]),
    );
const widths = (tab: Tab) =>
  tab.page
    .locator(".chart[data-chart] svg")
    .evaluateAll((all) => all.map((one) => (one as SVGSVGElement).viewBox.baseVal.width));

describe("pages of the demo in a real browser", () => {
  let demo: Demo;
  let url: string;
  let browser: Awaited<ReturnType<typeof openBrowser>>;
  let group: Review["groups"][number];
  let path: string;
  beforeAll(async () => {
    demo = await makeDemo();
    url = await demo.serve();
    browser = await openBrowser();
    const all = (await (await fetch(new URL("/api/v1/review", url))).json()) as Review;
    group = all.groups[0] as Review["groups"][number];
    path = `/groups/${encodeURIComponent(group.groupId)}`;
  });
  afterAll(async () => {
    await browser.close();
    await demo.remove();
  });
  const visit = async (where: string, options: Parameters<typeof browser.tab>[0]) => {
    const tab = await browser.tab(options);
    await tab.page.goto(new URL(where, url).href, { waitUntil: "networkidle" });
    return tab;
  };

  it.each(["own page", "/?group="])(
    "%s: charts drawn anew for the slot are the group's own",
    async (kind) => {
      const where = kind === "own page" ? path : `/?group=${encodeURIComponent(group.groupId)}`;
      const plain = await visit(where, { scripts: false, width: 1360 });
      const drawn = await visit(where, { width: 1360 });
      // Asked for when it is in sight; a server that has just begun takes its time.
      await expect.poll(() => widths(drawn), { timeout: 20_000 }).not.toEqual(await widths(plain));
      expect(await marks(drawn)).toEqual(await marks(plain));
      const whole = await visit("/", { scripts: false, width: 1360 });
      const [own] = (await marks(plain)).filter(([id]) => String(id).includes("trend"));
      const [other] = (await marks(whole)).filter(([id]) => String(id).includes("trend"));
      expect(own?.length).toBeGreaterThan(10);
      expect(own).not.toEqual(other);
      await Promise.all([plain, drawn, whole].map((tab) => tab.close()));
    },
  );

  it("on a phone a list's row is a block: the amount and how to write to somebody are in sight", async () => {
    const tab = await visit("/segments", { width: 390 });
    const row = tab.page.locator(".stack tbody tr").first();
    for (const cell of [row.locator("td.lead"), row.locator("td.scene")]) {
      const box = await cell.boundingBox();
      expect(box?.width).toBeGreaterThan(20);
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThan(390);
    }
    await tab.close();
  });

  it.each(["zh", "en"])(
    "%s: names, reasons and who leads a group stand on one line in a list, which fits",
    async (lang) => {
      const tab = await visit(`/segments?lang=${lang}`, { width: 1200 });
      const rows = await tab.page.locator(".people tbody tr").evaluateAll((all) =>
        all.map((row) =>
          ["th", "td:nth-child(3)", "td:nth-child(10)"].map((cell) => {
            const text = document.createRange();
            text.selectNodeContents(row.querySelector(cell) as Element);
            return new Set([...text.getClientRects()].map(({ top }) => Math.round(top))).size;
          }),
        ),
      );
      expect(rows.length).toBeGreaterThan(50);
      expect(new Set(rows.map(String))).toEqual(new Set(["1,1,1"]));
      const beyond = await tab.page
        .locator(".scroll")
        .evaluateAll((all) => all.map((one) => one.scrollWidth - one.clientWidth));
      expect(Math.max(...beyond)).toBe(0);
      await tab.close();
    },
  );

  it("nothing is said twice: a group whose name is its id, a table and its first column", async () => {
    const settings = await visit("/settings", { scripts: false });
    const groups = await settings.page
      .locator("#groups li")
      .evaluateAll((all) =>
        all.map((one) => [
          one.querySelector("a")?.textContent,
          one.querySelector("code")?.textContent ?? null,
        ]),
      );
    expect(groups.filter(([name, id]) => name === id)).toEqual([]);
    expect(groups.filter(([, id]) => id !== null).length).toBeGreaterThan(3);
    const sop = await visit("/sop", { scripts: false });
    expect(await sop.page.locator("#kept thead th:first-child").allTextContents()).toEqual([
      "群",
      "角色",
      "发送人",
      "步骤",
    ]);
    expect(await sop.page.locator("#today h2").textContent()).toMatch(/^\d{4}-\d\d-\d\d 周. 要做的$/);
    await Promise.all([settings, sop].map((tab) => tab.close()));
  });

  it("the menu says where one is: the mark stays beside sections and on a part of a page, in sight on a phone", async () => {
    const sight = async (where: string, width = 390) => {
      const tab = await visit(where, { width });
      const found = await tab.page.evaluate(() => {
        const mark = document.querySelector(".tabs [aria-current]");
        const { left = -1, right = innerWidth + 1 } = mark?.getBoundingClientRect() ?? {};
        return [mark?.textContent, left >= 0 && right <= innerWidth];
      });
      await tab.close();
      return found;
    };
    expect(await sight("/sop", 1360)).toEqual(["SOP", true]);
    expect(await sight("/settings")).toEqual(["设置", true]);
    const weekly = await (await fetch(url)).text();
    const [part = ""] = weekly.match(/\/sop\/suggestions\/\w+/) ?? [];
    expect(await sight(part)).toEqual(["SOP", true]);
  });

  it("where the system chooses the colours, nothing is told by its ground alone, and drawings keep theirs", async () => {
    for (const where of ["/", "/sop", "/segments", "/imports", "/settings", "/explore"]) {
      const tab = await visit(where, {});
      expect([where, ...(await toldByGroundOnly(tab.page))]).toEqual([where]);
      // One tab is marked, not all of them.
      const lines = await tab.page
        .locator(".tabs a:not([aria-current])")
        .evaluateAll((all) => all.map((one) => getComputedStyle(one).borderBottomColor));
      const canvas = await tab.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      expect(new Set(lines)).toEqual(new Set([canvas]));
      await tab.close();
    }
    // Whoever chose the light page on a dark system has light drawings on a light ground.
    const tab = await visit("/?theme=light", { dark: true });
    await tab.page.emulateMedia({ forcedColors: "active" });
    for (const drawing of [".chart", ".spark", ".groups svg", ".ev svg"]) {
      const ground = await tab.page
        .locator(drawing)
        .first()
        .evaluate((one) => getComputedStyle(one).backgroundColor);
      expect([drawing, ground]).toEqual([drawing, "rgb(255, 255, 255)"]);
    }
    await tab.close();
  });

  it.each(["zh", "en"])("%s: the week on paper is five pages of A4 at most", async (lang) => {
    const answer = await fetch(new URL(`/report.pdf?lang=${lang}`, url));
    const pdf = Buffer.from(await answer.arrayBuffer()).toString("latin1");
    expect(pdf.match(/\/Type\s*\/Page[^s]/g)?.length ?? 0).toBeLessThanOrEqual(5);
  });

  it("who moves in and out of a group's segments comes to what stands in them, in every group and its busiest weeks", async () => {
    const ask = async (query: string) =>
      (await (await fetch(new URL(`/api/v1/review?${query}`, url))).json()) as Review;
    for (const week of ["2026-W47", "2026-W46", "2026-W44"])
      for (const { groupId } of (await ask(`week=${week}`)).groups) {
        const { stock, flows } = (await ask(new URLSearchParams({ week, group: groupId }).toString()))
          .segments;
        const sum = (side: "from" | "to", segment: string) =>
          flows.reduce((all, flow) => all + (flow[side] === segment ? flow.persons : 0), 0);
        for (const { segment, persons, previous } of stock)
          expect([week, groupId, segment, sum("from", segment), sum("to", segment)]).toEqual([
            week,
            groupId,
            segment,
            previous,
            persons,
          ]);
      }
  });

  it("roles are called as the plans call them that were due, not as another plan does", async () => {
    const tab = await visit("/sop?week=2026-W47", { scripts: false });
    const cards = tab.page.locator("#kept .card", { has: tab.page.locator("h3", { hasText: "按角色" }) });
    expect(await cards.locator("tbody th").allTextContents()).toEqual(["群主", "助理"]);
    await tab.close();
  });

  it("what is chosen in the bar is of this group, and its figures are the API's", async () => {
    const tab = await visit(path, { width: 1360 });
    await tab.page.locator("#week").selectOption({ index: 3 });
    await tab.page.waitForURL(/week=/);
    const at = new URL(tab.page.url());
    expect(at.pathname).toBe(path);
    const week = at.searchParams.get("week") ?? "";
    const api = `/api/v1/review?week=${week}&group=${encodeURIComponent(group.groupId)}`;
    const review = (await (await fetch(new URL(api, url))).json()) as Review;
    expect(review.group).toBe(group.groupId);
    expect(await figuresThatDiffer(tab.page, review)).toEqual([]);
    await tab.page.locator("#scope").selectOption("*");
    await tab.page.waitForURL((to) => to.pathname === "/");
    await tab.close();
  });

  it("another KPI of a group is the group's, and the address stays the group's page", async () => {
    const tab = await visit(path, { width: 1360 });
    const asked = tab.page.waitForResponse((answer) => answer.url().includes("/frag/why"));
    await tab.page.locator("#why .segs a", { hasText: "流失率" }).click();
    await asked;
    await tab.page.waitForLoadState("networkidle");
    expect(new URL(tab.page.url()).pathname).toBe(path);
    const swapped = await marks(tab);
    const links = await tab.page
      .locator("#why .segs a")
      .evaluateAll((all) => all.map((a) => (a as HTMLAnchorElement).pathname));
    expect(new Set(links)).toEqual(new Set([path]));
    const plain = await visit(`${path}?kpi=churn_rate`, { scripts: false, width: 1360 });
    expect(swapped).toEqual(await marks(plain));
    await Promise.all([tab, plain].map((one) => one.close()));
  });
});
