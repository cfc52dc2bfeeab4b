import { existsSync } from "node:fs";
import { UserError } from "../kit/errors.ts";

const PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

/** Path of a Chromium: `$CHROMIUM`, else a usual place; undefined when there is none. */
export function findChromium(): string | undefined {
  const said = process.env["CHROMIUM"];
  if (said !== undefined) return existsSync(said) ? said : undefined;
  return PLACES.find((path) => existsSync(path));
}

export interface Paper {
  html: string;
  footer: string;
}

/** A4 from an offline page, by a Chromium without scripts and without network. @throws BrowserError where none starts. */
export function toPdf({ html, footer }: Paper): Promise<Buffer> {
  return withPage({ width: 1000, scale: 1 }, html, async (page) => {
    await page.emulateMedia({ media: "print", colorScheme: "light" });
    return page.pdf({
      format: "A4",
      scale: 1,
      printBackground: true,
      tagged: true,
      outline: true,
      margin: { top: "12mm", bottom: "16mm", left: "10mm", right: "10mm" },
      displayHeaderFooter: true,
      headerTemplate: "<span></span>",
      footerTemplate: `<div style="width:100%;font-size:8px;padding:0 10mm;display:flex;justify-content:space-between;font-family:sans-serif"><span>${footer}</span><span><span class="pageNumber"></span> / <span class="totalPages"></span></span></div>`,
    });
  });
}

/** A long image as wide as a phone, at twice its pixels. @throws BrowserError where none starts. */
export function toPng(html: string): Promise<Buffer> {
  return withPage({ width: 430, scale: 2 }, html, (page) => page.screenshot({ fullPage: true, type: "png" }));
}

async function withPage<T>(
  { width, scale }: { width: number; scale: number },
  html: string,
  use: (page: import("playwright-core").Page) => Promise<T>,
): Promise<T> {
  if (!findChromium()) throw noChromium();
  return keeper.use(async (browser) => {
    const context = await browser.newContext({
      viewport: { width, height: 900 },
      deviceScaleFactor: scale,
      javaScriptEnabled: false,
      offline: true,
      colorScheme: "light",
    });
    try {
      const page = await context.newPage();
      await page.setContent(html, { waitUntil: "load" });
      return await use(page);
    } finally {
      await context.close();
    }
  });
}

type Browser = import("playwright-core").Browser;

/** Starting a browser takes longer than printing, so one is kept for what is asked for next, and let go after that. */
const IDLE_MS = 30_000;

class Keeper {
  #browser: Promise<Browser> | null = null;
  #users = 0;
  #idle: NodeJS.Timeout | undefined;

  async use<T>(work: (browser: Browser) => Promise<T>): Promise<T> {
    clearTimeout(this.#idle);
    this.#users++;
    try {
      return await work(await this.#current());
    } finally {
      this.#users--;
      if (this.#users === 0) this.#idle = setTimeout(() => void this.close(), IDLE_MS).unref();
    }
  }

  async #current(): Promise<Browser> {
    const before = this.#browser;
    const kept = await before?.catch(() => null);
    if (kept?.isConnected()) return kept;
    // Of several that wait, the first to come here starts it.
    const starting = this.#browser !== before && this.#browser ? this.#browser : launch();
    this.#browser = starting;
    return starting;
  }

  async close(): Promise<void> {
    clearTimeout(this.#idle);
    const browser = await this.#browser?.catch(() => null);
    this.#browser = null;
    await browser?.close();
  }
}

const keeper = new Keeper();

/** Ends the browser that was kept for the next report; a command does so before it ends. */
export function closeChromium(): Promise<void> {
  return keeper.close();
}

async function launch(): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw noChromium();
  const { chromium } = await import("playwright-core");
  try {
    return await chromium.launch({
      executablePath,
      // A container that runs as root has no sandbox; that is said, never guessed.
      chromiumSandbox: process.env["FUPAN_CHROMIUM_NO_SANDBOX"] !== "1",
      args: ["--disable-gpu", "--disable-background-networking", "--disable-sync", "--no-first-run"],
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    });
  } catch (error) {
    throw doesNotStart(executablePath, error);
  }
}

/** No PDF and no long image on this machine as it is set up; everything else works. */
export class BrowserError extends UserError {
  readonly status = 501;
}

function doesNotStart(path: string, cause: unknown): BrowserError {
  return new BrowserError(
    {
      zh: `浏览器 ${path} 启动不了，做不出 PDF 和长图`,
      en: `The browser ${path} does not start, so there is no PDF and no long image`,
    },
    {
      cause,
      hint: {
        zh: "在容器里以 root 运行时，设环境变量 FUPAN_CHROMIUM_NO_SANDBOX=1 再来；否则先在终端运行一下它，看它缺什么，或用环境变量 CHROMIUM 指明另一个。也可以打开网页用浏览器的“打印 → 另存为 PDF”，或用 --format html。",
        en: "As root in a container set FUPAN_CHROMIUM_NO_SANDBOX=1; else run it in a terminal to see what it lacks, or set CHROMIUM to another one. Or print the page from a browser, or use --format html.",
      },
    },
  );
}

function noChromium(): BrowserError {
  return new BrowserError(
    {
      zh: "没有找到 Chromium 或 Chrome，做不出 PDF 和长图",
      en: "No Chromium or Chrome was found, so there is no PDF and no long image",
    },
    {
      hint: {
        zh: "装一个 Chromium（或用环境变量 CHROMIUM 指明路径）；也可以打开网页用浏览器的“打印 → 另存为 PDF”，或用 --format html。",
        en: "Install Chromium (or set CHROMIUM to its path); or print the page from a browser, or use --format html.",
      },
    },
  );
}
