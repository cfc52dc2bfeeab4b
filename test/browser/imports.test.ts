import { readFileSync } from "node:fs";
import { strFromU8, unzipSync } from "fflate";
import type { Route } from "playwright-core";
import { describe, expect, it } from "vitest";
import { gbk } from "../../fixtures/demo/gbk.ts";
import { listColumnMaps } from "../../src/state/batches.ts";
import { listImports } from "../../src/state/ledger.ts";
import { csv } from "../support/community.ts";
import { zip } from "../support/zip.ts";
import { file, importsScene } from "./imports-scene.ts";
import { AXE } from "./tab.ts";

const DAYS = Array.from({ length: 20 }, (_, at) =>
  new Date(Date.UTC(2026, 9, 1 + at)).toISOString().slice(0, 10),
);
const MESSAGES = csv(
  DAYS.map((day, at) => ({
    group_id: "g1",
    sender_id: `m${at % 5}`,
    sent_at: at === 3 ? "昨天 20:11" : `${day} 12:00:00`,
    text: `你好 ${at}`,
  })),
);
/** A table that nobody knows, in the encoding of a Chinese Excel. */
const ORDERS = csv(
  DAYS.slice(0, 8).map((day, at) => ({
    单子: `A${at}`,
    几时付的: `${day} 13:00:00`,
    付了多少: at === 1 ? "待改价" : "19.90",
    谁买的: `m${at % 5}`,
  })),
);

describe("importing in a real browser", () => {
  const scene = importsScene("zh", 1280);
  const { community, source, choose: drop } = scene;

  it("recognises files, asks for the columns of an unknown one, and tints what it cannot read", async () => {
    const { page } = scene.tab;
    await scene.open();
    // Nothing is checked before both have been seen to wait.
    let go: () => void = () => undefined;
    const seen = new Promise<void>((resolve) => (go = resolve));
    const held = async (route: Route) => {
      await seen;
      await route.continue();
    };
    await page.route("**/check", held);
    await drop(file("messages.csv", MESSAGES), file("接龙.csv", Buffer.from(gbk(ORDERS))));
    await page.locator("#import-start", { hasText: "正在检查" }).waitFor({ timeout: 60_000 });
    expect(await page.locator("#import-start").isDisabled()).toBe(true);
    go();
    await page.waitForSelector(".file:nth-of-type(2) .mapping", { timeout: 60_000 });
    const [known, unknown] = [page.locator(".file").first(), page.locator(".file").nth(1)];
    await known.locator(".status .tag.warn").waitFor({ timeout: 60_000 });
    expect(await known.locator(".status").textContent()).toContain("可入库 19");
    expect(await known.locator("td.bad").allTextContents()).toEqual(["昨天 20:11"]);
    expect(await unknown.locator(".facts").textContent()).toContain("GB18030");
    expect(await unknown.locator(".status").textContent()).toContain("订单号");
    for (const [field, column] of [
      ["订单号", "单子"],
      ["付款时间", "几时付的"],
      ["实付金额", "付了多少"],
    ])
      await unknown.getByLabel(field ?? "", { exact: true }).selectOption(column ?? "");
    await unknown.locator("details.data summary").first().click();
    await unknown.getByLabel("买家账号").selectOption("谁买的");
    await unknown.locator("td.bad").first().waitFor({ timeout: 60_000 });
    expect(await unknown.locator("td.bad").allTextContents()).toEqual(["待改价"]);
    // Rows that name their group stay in it, whatever is chosen, and the page says so.
    await known.getByLabel("导入到").selectOption({ label: "新群……" });
    await known.getByLabel("新群的名字").fill("别的群");
    await known.getByLabel("新群的名字").blur();
    await known.locator(".status", { hasText: "按文件里的导入：g1" }).waitFor({ timeout: 60_000 });
    await known.getByLabel("导入到").selectOption("");
    await known.locator(".status .notice").waitFor({ state: "detached", timeout: 60_000 });
    await known.locator(".status .tag.warn").waitFor({ timeout: 60_000 });
    await page.unroute("**/check", held);
    expect(await page.locator("#import-start").textContent()).toBe("开始导入（2 个文件）");
    expect(await scene.tab.axe(AXE)).toEqual([]);
    expect(await listImports(community.state)).toEqual([]);
  });

  it("imports both as one batch, shows every row's fate, and gives the rejected ones back", async () => {
    const { page } = scene.tab;
    await page.click("#import-start");
    await page.waitForSelector(".sums", { timeout: 100_000 });
    const sums = await page.locator(".sums dd").allTextContents();
    expect(sums).toEqual(["26", "0", "2", "28"]);
    expect(await page.locator(".row", { hasText: "指标已重算" }).textContent()).toContain("2026-W40");
    const link = await page.locator("a", { hasText: "下载拒绝的行" }).first().getAttribute("href");
    // Rows of two files come back as two: each is mended and dropped again by itself.
    const packed = await (await page.request.get(new URL(link ?? "", scene.url).href)).body();
    const files = Object.values(unzipSync(packed));
    expect(files.map((one) => [...one.subarray(0, 3)])).toEqual(Array(2).fill([0xef, 0xbb, 0xbf]));
    const rejects = files.map((one) => strFromU8(one)).join("");
    expect(rejects).toContain("待改价");
    expect(await page.locator("#import-run th[scope=row]").allTextContents()).toContainEqual(
      expect.stringMatching(/^发送时间：时间看不懂/),
    );
    expect(rejects).toContain("__行号,__原因");
    expect(scene.tab.console).toEqual([]);
    const imports = await listImports(community.state);
    expect(new Set(imports.map(({ batch }) => batch)).size).toBe(1);
    expect(await listColumnMaps(community.state)).toHaveLength(1);
    expect(source.currentId()).not.toBeNull();
  });

  it("undoes the batch, and knows the table's columns the next time", async () => {
    const { page } = scene.tab;
    page.on("dialog", (dialog) => void dialog.accept());
    await scene.open();
    await page.locator("[data-undo]").click();
    await page.locator("#history [role=status]", { hasText: "已撤销" }).waitFor({ timeout: 100_000 });
    expect(await listImports(community.state)).toEqual([]);
    expect(source.currentId()).toBeNull();
    await drop(file("接龙.csv", Buffer.from(gbk(ORDERS))));
    await page.locator(".file .status .tag").waitFor({ timeout: 60_000 });
    expect(await page.locator(".file").textContent()).toContain("可入库 7");
  });

  it("asks what a log leaves open, keeps what still waits, and shows the import in the history", async () => {
    const { page } = scene.tab;
    await scene.open();
    const open = DAYS.slice(0, 3).map((_, at) => `0${at + 1}/02/26, 10:00 - 小满: 你好 ${at}`);
    const unknown = csv([{ 甲: "1", 乙: "2" }]);
    await drop(file("茶友群.txt", `${open.join("\n")}\n`), file("不认识.csv", unknown));
    const [log, table] = [page.locator(".file").first(), page.locator(".file").nth(1)];
    const order = log.getByLabel("日期里先写的是");
    await order.waitFor({ timeout: 60_000 });
    const asked = (await log.locator(".status").textContent()) ?? "";
    expect(asked).toContain("两种读法");
    expect(asked).not.toContain("--date-order");
    // A new group's name is asked for when a new group was chosen.
    expect(await log.getByLabel("新群的名字").isVisible()).toBe(false);
    await log.getByLabel("导入到").selectOption({ label: "新群……" });
    expect(await log.getByLabel("新群的名字").isVisible()).toBe(true);
    await log.getByLabel("导入到").selectOption("");
    await order.waitFor({ timeout: 60_000 });
    await order.selectOption("dmy");
    await log.locator(".status .tag.better").waitFor({ timeout: 60_000 });
    await page.click("#import-start");
    // Cancelled, nothing is left of it, and the file is there to begin again with the answer that was given.
    await page.locator("#import-run button", { hasText: "取消" }).click();
    const note = page.locator("#import-run [role=status]", { hasText: "还在上面" });
    await note.waitFor({ timeout: 100_000 });
    expect(await note.textContent()).toContain("没有留下任何内容");
    expect(await listImports(community.state)).toEqual([]);
    expect(await page.locator(".file h2").allTextContents()).toEqual(["不认识.csv", "茶友群.txt"]);
    await page.locator("#import-start:enabled").click({ timeout: 100_000 });
    await page.waitForSelector(".sums", { timeout: 100_000 });
    await table.or(page.locator(".file")).first().waitFor();
    expect(await page.locator(".file h2").allTextContents()).toEqual(["不认识.csv"]);
    await page.locator("#history th", { hasText: "茶友群.txt" }).waitFor({ timeout: 60_000 });
    expect(scene.tab.console).toEqual([]);
    const [days] = await community.lake((lake) =>
      lake.all(
        "select min(sent_at)::date::text as first, max(sent_at)::date::text as last from lake.messages",
      ),
    );
    expect(days).toEqual({ first: "2026-02-01", last: "2026-02-03" });
    await page.locator("#history [data-undo]").click();
    await page.locator("#history [role=status]", { hasText: "已撤销" }).waitFor({ timeout: 100_000 });
  });

  it("gives refused records back as a log, which is asked nothing again when it is mended and dropped", async () => {
    const { page } = scene.tab;
    await scene.open();
    await drop(file("茶.txt", "[10:00] <anna> hello\n[77:01] <bob> tea?\n[10:02] <anna> yes\n"));
    const day = page.locator(".file").getByLabel("这份记录是哪一天的");
    await day.waitFor({ timeout: 60_000 });
    await day.fill("2026-10-05");
    await page.locator(".file .status", { hasText: "可入库 2" }).waitFor({ timeout: 60_000 });
    await page.click("#import-start");
    await page.waitForSelector(".sums", { timeout: 100_000 });
    const saved = page.waitForEvent("download");
    await page.locator("#import-run a", { hasText: "下载拒绝的行" }).click();
    const download = await saved;
    expect(download.suggestedFilename()).toMatch(/^茶\.rejects-[0-9a-f]{8}\.txt$/);
    const text = readFileSync(await download.path(), "utf8");
    expect(text).toBe("[77:01] <bob> tea?\n");
    await scene.open();
    await drop(file(download.suggestedFilename(), text.replace("77", "10")));
    await page.locator(".file .status", { hasText: "可入库 1" }).waitFor({ timeout: 60_000 });
    await page.click("#import-start");
    await page.waitForSelector(".sums", { timeout: 100_000 });
    expect(await page.locator(".sums dd").allTextContents()).toEqual(["1", "0", "0", "1"]);
    expect(scene.tab.console).toEqual([]);
    expect(
      await community.lake((lake) =>
        lake.all("select group_id, sent_at::text as at, text from lake.messages order by sent_at"),
      ),
    ).toEqual([
      { group_id: "茶", at: "2026-10-05 10:00:00", text: "hello" },
      { group_id: "茶", at: "2026-10-05 10:01:00", text: "tea?" },
      { group_id: "茶", at: "2026-10-05 10:02:00", text: "yes" },
    ]);
  });

  it("shows the exports of a zip one by one, and what was left in it", async () => {
    const { page } = scene.tab;
    await scene.open();
    const inside = [["m.csv", MESSAGES] as const, ["茶/空.csv", ""] as const, ["茶/合影.jpg", "x"] as const];
    const packed = zip(new Map(inside.map(([name, text]) => [name, Buffer.from(text)])));
    await drop(file("收件箱.zip", packed));
    await page.locator(".file .status", { hasText: "可入库 19" }).waitFor({ timeout: 60_000 });
    const shown = ["收件箱.zip", "收件箱.zip/m.csv", "收件箱.zip/茶/空.csv"];
    expect(await page.locator(".file h2").allTextContents()).toEqual(shown);
    expect(await page.locator(".file").first().textContent()).toContain("没有读：茶/合影.jpg");
    expect(await page.locator(".file").nth(2).textContent()).toContain("空文件");
    expect(await page.locator("#import-start").textContent()).toBe("开始导入（1 个文件）");
    expect(await scene.tab.axe(AXE)).toEqual([]);
  });

  it("says what is wrong with a file that cannot be read", async () => {
    const { page } = scene.tab;
    await scene.open();
    await drop(file("空.csv", ""), file("照片.txt", "只是一句话"));
    await page.locator(".file .tag.worse").nth(1).waitFor({ timeout: 60_000 });
    const texts = await page.locator(".file").allTextContents();
    expect(texts.some((text) => text.includes("空文件"))).toBe(true);
    expect(texts.some((text) => text.includes("没有认出"))).toBe(true);
    expect(await page.locator("#import-start").isDisabled()).toBe(true);
  });

  it("progress survives a reload and is seen in another tab; the history follows an undo of the result", async () => {
    const { page, console: said } = scene.tab;
    said.length = 0;
    await scene.open();
    const said9 = (sent_at: string) => ({ group_id: "g9", sender_id: "m1", sent_at, text: "早" });
    await drop(
      file(
        "再来.csv",
        csv([said9("2026-10-02 09:00"), ...Array.from({ length: 1100 }, () => said9("昨天"))]),
      ),
    );
    await page.locator("#import-start:enabled").click({ timeout: 100_000 });
    await page.waitForSelector(".bars");
    await page.reload();
    const other = await scene.browser.tab({ width: 390 });
    await other.page.goto(`${scene.url}imports`);
    for (const one of [scene.tab, other]) {
      await one.page.waitForSelector(".bars");
      await one.page.waitForSelector(".sums", { timeout: 100_000 });
      expect(await one.page.locator(".sums dd").allTextContents()).toEqual(["1", "0", "1,100", "1,101"]);
      // Of so many the first are counted by reason, and it says so.
      expect(await one.page.locator("#import-run").textContent()).toContain("只数了前 1,000 行");
      expect(await one.page.locator(".steps [aria-current]").textContent()).toBe("4结果");
    }
    expect(other.console).toEqual([]);
    await other.close();
    const row = page.locator("#history tbody tr", { hasText: "再来.csv" });
    await row.waitFor();
    await page.locator("#import-run button", { hasText: "撤销" }).click();
    await row.waitFor({ state: "detached", timeout: 100_000 });
    expect(said).toEqual([]);
  });

  it("says so where the server knows of an import no more, and ends there", async () => {
    const { page } = scene.tab;
    await page.route("**/events", (route) => route.fulfill({ status: 404, body: "{}" }));
    await scene.open();
    await drop(
      file("没了.csv", csv([{ group_id: "g9", sender_id: "m1", sent_at: "2026-10-03 09:00", text: "早" }])),
    );
    await page.locator("#import-start:enabled").click({ timeout: 100_000 });
    await page
      .locator("#import-run [role=status]", { hasText: "服务器可能重启过" })
      .waitFor({ timeout: 60_000 });
    expect(await page.locator("#import-run button").count()).toBe(0);
    await page.unroute("**/events");
  });
});
