import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Browser, chromium, type Page } from "playwright-core";

const require = createRequire(import.meta.url);
/** axe-core as a script for the page. */
export const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

// Without these flags a browser on a closed network keeps asking for the outside.
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export interface Tab {
  page: Page;
  /** Everything the page wrote to its console, and its errors. */
  console: string[];
  /** Violations; `only` names the rules that are asked for. */
  axe(source: string, only?: string[]): Promise<string[]>;
  close(): Promise<void>;
}

export interface TabOptions {
  width?: number;
  dark?: boolean;
  scripts?: boolean;
}

export async function openBrowser(): Promise<{
  tab: (options?: TabOptions) => Promise<Tab>;
  close: () => Promise<void>;
}> {
  const executablePath = process.env["CHROMIUM"];
  if (!executablePath) throw new Error("CHROMIUM is not set: the global setup of vitest finds it");
  const browser: Browser = await chromium.launch({ executablePath, args: FLAGS });
  return { tab: (options = {}) => openTab(browser, options), close: () => browser.close() };
}

async function openTab(
  browser: Browser,
  { width = 1360, dark = false, scripts = true }: TabOptions,
): Promise<Tab> {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: dark ? "dark" : "light",
    javaScriptEnabled: scripts,
    // axe is injected by the test, which the page's own policy would refuse.
    bypassCSP: false,
  });
  const page = await context.newPage();
  const lines: string[] = [];
  page.on("console", (message) => lines.push(message.text()));
  page.on("pageerror", (error) => lines.push(error.message));
  return {
    page,
    console: lines,
    axe: async (source, only) => {
      if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(source);
      return page.evaluate(async (rules) => {
        const { axe } = window as unknown as {
          axe: {
            run: (options: object) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
          };
        };
        const { violations } = await axe.run(rules ? { runOnly: rules } : {});
        return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`);
      }, only);
    },
    close: () => context.close(),
  };
}
