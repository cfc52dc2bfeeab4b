import { describe, expect, it } from "vitest";
import { writeWorkbook } from "../../src/report/workbook.ts";
import { csv } from "../support/community.ts";
import { file, importsScene } from "./imports-scene.ts";

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
  const scene = importsScene("en", 390);
  const drop = (...files: [name: string, body: string][]) =>
    scene.drop(...files.map(([name, body]) => file(name, body)));
  const focused = () => scene.tab.page.evaluate(() => document.activeElement?.textContent ?? "");
  const marks = async () =>
    ((await scene.tab.page.locator("main").textContent()) ?? "").match(/[\u3000-\u303f\uff00-\uffef]/g);
  const isWide = () => scene.tab.page.evaluate(() => document.documentElement.scrollWidth > innerWidth);

  it("shows what stands in an unknown table, why rows are rejected, and keeps the place of whoever chooses", async () => {
    const { page } = scene.tab;
    await scene.open();
    await drop(["messages.csv", MESSAGES], ["orders.csv", ORDERS], ["a.txt", "only a sentence"]);
    const [known, table] = [page.locator(".file").first(), page.locator(".file").nth(1)];
    await known.locator(".status .tag.warn").waitFor({ timeout: 100_000 });
    // Nothing of the preview is tinted: it does not stand open for that.
    expect(await known.locator("details:has(.grid)").getAttribute("open")).toBeNull();
    expect(await known.locator(".status details").textContent()).toMatch(/Sent at: not a time.*line 22/s);
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

  it("says of a failure in words that it is one, with the number that stands in the log", async () => {
    const { page } = scene.tab;
    const failing = "**/api/v1/imports?name=*";
    await page.route(failing, (route) => route.fulfill({ status: 500, json: { error: "7661-0928" } }));
    await drop(["b.csv", MESSAGES]);
    const card = page.locator(".file", { hasText: "b.csv" });
    await card.locator(".tag.worse").waitFor();
    expect(await card.locator(".tag.worse").textContent()).toBe("Something went wrong: 7661-0928");
    await page.unroute(failing);
    await card.getByRole("button").click();
    expect(scene.tab.console.splice(0)).toEqual([expect.stringContaining("500")]);
  });

  it("goes to the progress, names the file of a rejected row, and takes the result back with the batch", async () => {
    const { page } = scene.tab;
    const asked: string[] = [];
    page.on("dialog", (dialog) => {
      asked.push(dialog.message());
      void dialog.accept();
    });
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
    const rejected = await page.locator("#import-run .tbl").textContent();
    expect(rejected).toContain("messages.csv · line 22");
    expect(rejected).toContain("orders.csv · line 3");
    expect([await marks(), await isWide()]).toEqual([null, false]);
    await page.locator("#import-run button", { hasText: "Undo" }).click();
    await page.locator("#history > .notice").waitFor({ timeout: 100_000 });
    expect(await focused()).toBe("Undone: messages.csv, orders.csv");
    // It was said before what would go.
    expect(asked.map((question) => question.split("\n").slice(0, 3))).toEqual([
      ["Undo 2 files? 22 rows taken in from them will be taken out:", "· messages.csv", "· orders.csv"],
    ]);
    expect(await page.locator("#import-run").textContent()).toBe("");
  });

  it("a file that is known is not counted among those to import, and leaves with them", async () => {
    const { page } = scene.tab;
    await drop(["messages.csv", MESSAGES]);
    await page.locator("#import-start:enabled").click({ timeout: 60_000 });
    await page.waitForSelector(".sums", { timeout: 100_000 });
    await drop(["messages.csv", MESSAGES]);
    await page.locator(".file .status", { hasText: "nothing is new" }).waitFor({ timeout: 60_000 });
    expect(await page.locator("#import-start").textContent()).toBe("No file is ready yet");
    // What would go in with a reservation is said before it does.
    const partly = { order_id: "B1", paid_at: "2026-10-01 12:00:00", amount: "9.90", status: "部分退款" };
    await drop(["partly.csv", csv([partly, { ...partly, order_id: "B2", status: "odd" }])]);
    const doubts = page.locator(".file .status details", { hasText: "Can be imported, but have a look" });
    await doubts.waitFor({ timeout: 60_000 });
    expect(await doubts.locator("tbody").textContent()).toMatch(/line 2.*line 3/s);
    // A tint says that the row is rejected: these rows go in.
    expect(await page.locator(".file .grid .bad").count()).toBe(0);
    expect([await marks(), await isWide()]).toEqual([null, false]);
    expect(scene.tab.console).toEqual([]);
  });

  it("says of a workbook which sheet it reads, and nothing of encodings and delimiters", async () => {
    const { page } = scene.tab;
    await scene.open();
    const heads = ["group_id", "sender_id", "sent_at", "text"].map((title) => ({
      title,
      kind: "text" as const,
    }));
    const body = await writeWorkbook([
      { name: "November", heads, rows: [["g1", "m1", "2026-11-10 12:00:00", "hi"]] },
    ]);
    await scene.choose(file("log.xlsx", body));
    await page.locator(".file .facts").waitFor({ timeout: 60_000 });
    expect(await page.locator(".file .facts").textContent()).toMatch(
      /^Size [\d.]+ \w+\s*Sheet November\s*Columns 4$/,
    );
  });
});
