// `npm run pictures -- http://127.0.0.1:8787`: takes the pictures of the README from the demo that is served there.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { findChromium } from "../src/report/chromium.ts";

const [site = "http://127.0.0.1:8787"] = process.argv.slice(2);
const images = new URL("../docs/images/", import.meta.url).pathname;

async function opened(browser: Browser, width: number, path: string): Promise<Page> {
  const viewport = { width, height: 900 };
  const context = await browser.newContext({ viewport, colorScheme: "light", locale: "zh-CN" });
  const page = await context.newPage();
  await page.goto(new URL(path, site).href);
  // A chart is drawn anew when its place was measured.
  await page.waitForLoadState("networkidle");
  return page;
}

const executablePath = findChromium();
if (!executablePath) throw new Error("no Chromium: set CHROMIUM to one");
const browser = await chromium.launch({
  executablePath,
  chromiumSandbox: process.env["FUPAN_CHROMIUM_NO_SANDBOX"] !== "1",
});
try {
  const week = await opened(browser, 1360, "/");
  const whole = await week.screenshot({ fullPage: true, clip: { x: 0, y: 0, width: 1360, height: 2350 } });
  writeFileSync(join(images, "weekly-light.png"), whole);
  const [section, card] = [week.locator("#sop"), week.locator("#sop article:visible").last()];
  const [top, last] = [await section.boundingBox(), await card.boundingBox()];
  if (!top || !last) throw new Error("the demo has no suggestions");
  const height = last.y + last.height - top.y + 24;
  const clip = { x: top.x - 24, y: top.y - 16, width: top.width + 48, height };
  const cards = await week.screenshot({ fullPage: true, clip });
  writeFileSync(join(images, "suggestions-light.png"), cards);

  // Two pages of a phone, side by side.
  const shots: string[] = [];
  for (const path of ["/", "/segments"]) {
    const page = await opened(browser, 390, path);
    const shot = await page.screenshot({ fullPage: true, clip: { x: 0, y: 0, width: 390, height: 1700 } });
    shots.push(shot.toString("base64"));
  }
  const both = await browser.newPage({ viewport: { width: 800, height: 1700 } });
  await both.setContent(
    `<body style="margin:0;display:flex;gap:20px">${shots.map((one) => `<img alt="" width="390" src="data:image/png;base64,${one}">`).join("")}</body>`,
  );
  await both.screenshot({ path: join(images, "phone-light.png") });
} finally {
  await browser.close();
}
