import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import request from "supertest";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { closeChromium } from "../../src/report/chromium.ts";
import { freezeReports } from "../../src/report/freeze.ts";
import { makeReport } from "../../src/report/reports.ts";
import { writeWorkbook } from "../../src/report/workbook.ts";
import { shownDelta, shownValue } from "../../src/review/format.ts";
import { createSource } from "../../src/review/source.ts";
import type { Review } from "../../src/review/types.ts";
import { Charts, readDashboard } from "../../src/server/charts.ts";
import { escapeHtml } from "../../src/server/html.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { EVIL, SECRETS, type Served, serveSmall } from "../server/served.ts";
import { csv, SQL_ROOT } from "../support/community.ts";
import { DASHBOARDS } from "../support/demo.ts";

let served: Served;
let site: Parameters<typeof makeReport>[0];
let review: Review;
let close: () => void;
beforeAll(async () => {
  process.env["FUPAN_CHROMIUM_NO_SANDBOX"] = "1";
  served = await serveSmall();
  const made = createSource(served.community.workspace.marts, readCatalog(SQL_ROOT));
  close = made.close;
  const dashboard = readDashboard(DASHBOARDS, "weekly");
  site = {
    source: made.source,
    state: served.community.state,
    dashboard,
    charts: new Charts(dashboard),
    assets: { css: "", script: null },
  };
  const found = await made.source.read((generation) => generation.review({}));
  if (!found) throw new Error("nothing built");
  review = found;
});
afterAll(() => {
  close();
  served.close();
});

describe("reports", () => {
  test("the offline page holds every KPI as the page shows it, asks for nothing, and leads nowhere", async () => {
    const { name, body } = await makeReport(site, "html", { lang: "zh" });
    const html = body.toString("utf8");
    expect(name).toBe(`fupan-${review.week}.html`);
    for (const { value, unit } of review.kpis)
      expect(html).toContain(escapeHtml(shownValue(value, unit)).replace("%", ""));
    expect(html).toContain("default-src 'none'");
    expect(html).not.toMatch(/ (?:src|href|action)="(?!#|data:)/);
    expect(html).not.toContain(EVIL);
    expect(html).not.toContain(SECRETS.name);
  });

  test("an offline page invites to nothing that it has not: its links lead to parts of it, a long list is folded", async () => {
    const { body } = await makeReport(site, "html", { lang: "zh" });
    const html = body.toString("utf8");
    const ends = [...html.matchAll(/<a [^>]*href="#([^"]+)"/g)].map(([, id]) => id);
    expect(ends.filter((id) => !html.includes(`id="${id}"`))).toEqual([]);
    expect(ends).toContain("why");
    for (const text of ["去补导入", "看全部", "导出 CSV", "看明细"])
      expect([text, html.includes(text)]).toEqual([text, false]);
    expect(
      html.split('id="dormant"')[1]?.split("</section>")[0]?.split("<details")[0]?.match(/<tr/g)?.length ?? 0,
    ).toBeLessThanOrEqual(9);
  });

  test("the workbook has the same numbers, as numbers with a format, and texts that are no formulas", async () => {
    const { body } = await makeReport(site, "xlsx", { lang: "zh" });
    const files = unzipSync(new Uint8Array(body));
    const text = (path: string) => strFromU8(files[path] ?? new Uint8Array());
    const kpis = text("xl/worksheets/sheet2.xml");
    for (const { value, delta, unit } of review.kpis) {
      if (value !== null) expect(kpis).toContain(`<v>${value}</v>`);
      if (delta !== null && unit !== "ratio") expect(kpis).toContain(`<v>${delta}</v>`);
      expect(shownDelta(delta, unit).length).toBeGreaterThan(0);
    }
    // Beside a rate stand whole people, without decimals.
    const rate = review.kpis.find(({ id }) => id === "activity_rate");
    expect(kpis).toContain(`<c s="2"><v>${rate?.numerator}</v></c><c s="2"><v>${rate?.denominator}</v></c>`);
    const matched = review.kpis.find(({ id }) => id === "match_rate");
    expect(kpis).toContain(`${matched?.title.zh} ${shownValue(matched?.value ?? null, "ratio")}`);
    expect(kpis).toContain('state="frozen"');
    expect(text("xl/styles.xml")).toContain('formatCode="0.0%"');
    const all = Object.keys(files).filter((path) => path.startsWith("xl/worksheets/sheet"));
    expect(all.length).toBeGreaterThanOrEqual(7);
    for (const path of all) expect(text(path)).not.toContain("<f>");
    expect(all.map(text).join("")).toContain("&gt;&lt;svg");
  });

  test("days of the workbook are days and its amounts are money, those that are divided too", async () => {
    const { body } = await makeReport(site, "xlsx", { lang: "zh" });
    const files = unzipSync(new Uint8Array(body));
    const sheets = Object.entries(files).flatMap(([path, one]) =>
      path.startsWith("xl/worksheets/") ? [strFromU8(one)] : [],
    );
    const formats = [...strFromU8(files["xl/styles.xml"] as Uint8Array).matchAll(/formatCode="([^"]*)"/g)];
    const style = (code: string) => formats.findIndex(([, one]) => one?.includes(code)) + 1;
    const list = sheets.find((one) => one.includes("最近下单")) ?? "";
    const days = review.dormant.rows.flatMap(({ lastOrder }) => lastOrder ?? []);
    expect(days.length).toBeGreaterThan(0);
    for (const one of days) {
      const day = (Date.parse(one.slice(0, 10)) - Date.parse("1899-12-30")) / 86_400_000;
      expect(list).toContain(`<c s="${style("yyyy-mm-dd")}"><v>${day}</v></c>`);
      expect(list).not.toContain(one.slice(0, 10));
    }
    const spent = review.kpis.find(({ id }) => id === "value_per_buyer");
    expect(spent?.numerator).not.toBeNull();
    const money = style("¥");
    expect(sheets[1]).toContain(
      `<c s="${money}"><v>${spent?.numerator}</v></c><c s="2"><v>${spent?.denominator}</v></c>`,
    );
  });

  test("fifty thousand rows are a workbook too", async () => {
    const rows = Array.from({ length: 50_000 }, (_, at) => [
      `m${at}`,
      at,
      at / 7,
      "=1+1",
      null,
      "组",
      at * 3,
      at % 2,
    ]);
    const heads = Array.from({ length: 8 }, (_, at) => ({
      title: `c${at}`,
      kind: at === 2 ? ("money" as const) : ("text" as const),
    }));
    const body = await writeWorkbook([{ name: "名单/一", heads, rows }]);
    const { "xl/worksheets/sheet1.xml": sheet } = unzipSync(new Uint8Array(body), {
      filter: ({ name }) => name === "xl/worksheets/sheet1.xml",
    });
    expect(strFromU8(sheet as Uint8Array).match(/<row>/g)).toHaveLength(50_001);
  });

  test("frozen once, a report never changes, whatever is imported later; the PDF has at most six pages of A4", async () => {
    const { community } = served;
    const folder = mkdtempSync(join(tmpdir(), "fupan-frozen-"));
    const asked = { week: review.week, lang: "zh" as const };
    try {
      expect(await freezeReports(site, folder, asked)).toEqual([]);
      const kept = readdirSync(folder).map((file) => [file, readFileSync(join(folder, file))] as const);
      expect(kept.map(([file]) => file).sort()).toEqual(
        ["html", "pdf", "png", "xlsx"].map((form) => `review.${form}`),
      );
      const pdf = readFileSync(join(folder, "review.pdf")).toString("latin1");
      const pages = pdf.match(/\/Type\s*\/Page[^s]/g)?.length ?? 0;
      expect([pdf.slice(0, 5), pages > 0, pages <= 6]).toEqual(["%PDF-", true, true]);
      const late = { order_id: "late", paid_at: `${review.from} 10:00:00`, amount: 999, buyer_id: "m1" };
      await community.import("late.csv", csv([late]));
      await community.build("2026-11-09T00:00:00");
      expect(await freezeReports(site, folder, asked)).toEqual([]);
      for (const [file, body] of kept)
        expect([file, readFileSync(join(folder, file)).equals(body)]).toEqual([file, true]);
      const today = await makeReport(site, "xlsx", asked);
      expect(readFileSync(join(folder, "review.xlsx")).equals(today.body)).toBe(false);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test("a Chromium that refuses to start is told, on the page too, with the way out", async () => {
    const before = process.env["CHROMIUM"];
    const folder = mkdtempSync(join(tmpdir(), "fupan-broken-browser-"));
    process.env["CHROMIUM"] = join(folder, "chromium");
    writeFileSync(process.env["CHROMIUM"], "#!/bin/sh\necho 'Chromium sandboxing failed' >&2\nexit 1\n", {
      mode: 0o700,
    });
    try {
      await closeChromium();
      await expect(makeReport(site, "png", { lang: "zh" })).rejects.toMatchObject({
        text: { zh: expect.stringContaining("启动不了") },
        hint: { zh: expect.stringContaining("FUPAN_CHROMIUM_NO_SANDBOX=1") },
      });
      for (const path of ["/report.pdf", "/report.png?lang=en"]) {
        const { status, type, text } = await request(served.app).get(path);
        expect([path, status, type]).toEqual([path, 501, "text/html"]);
        expect(text).toContain("FUPAN_CHROMIUM_NO_SANDBOX=1");
        expect(text).toContain(path.includes("en") ? "does not start" : "启动不了");
      }
      const kept = join(folder, "kept");
      mkdirSync(kept);
      const missing = await freezeReports(site, kept, { week: review.week, lang: "zh" });
      expect(missing).toMatchObject([{ zh: expect.stringContaining("浏览器打不开") }]);
      // What needs no browser is kept.
      expect(readdirSync(kept).sort()).toEqual(["review.html", "review.xlsx"]);
    } finally {
      if (before === undefined) delete process.env["CHROMIUM"];
      else process.env["CHROMIUM"] = before;
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test("without a Chromium the message says what to do", async () => {
    const before = process.env["CHROMIUM"];
    process.env["CHROMIUM"] = join(tmpdir(), "no-such-chromium");
    try {
      await expect(makeReport(site, "pdf", { lang: "zh" })).rejects.toMatchObject({
        text: { zh: expect.stringContaining("没有找到 Chromium") },
        hint: { zh: expect.stringContaining("--format html") },
      });
      const folder = mkdtempSync(join(tmpdir(), "fupan-frozen-"));
      const missing = await freezeReports(site, folder, { week: review.week, lang: "zh" });
      expect(missing).toMatchObject([{ zh: expect.stringContaining("没有 Chromium") }]);
      expect(readdirSync(folder).sort()).toEqual(["review.html", "review.xlsx"]);
      rmSync(folder, { recursive: true, force: true });
    } finally {
      if (before === undefined) delete process.env["CHROMIUM"];
      else process.env["CHROMIUM"] = before;
    }
  });
});
