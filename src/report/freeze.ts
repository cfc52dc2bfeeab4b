import { existsSync } from "node:fs";
import { join } from "node:path";
import { createFile } from "../durable.ts";
import type { Lang, Text } from "../kit/say.ts";
import type { Charts } from "../server/charts.ts";
import type { SceneSite } from "../server/scene.ts";
import { closeChromium, findChromium } from "./chromium.ts";
import { REPORT_FORMATS } from "./formats.ts";
import { makeReport } from "./reports.ts";

/**
 * Writes a week's reports beside its review, each once: what exists stays as the meeting had it.
 * @returns what could not be made, and why; a report less is no reason to fail a run.
 */
export async function freezeReports(
  site: SceneSite & { charts: Charts },
  folder: string,
  { week, lang }: { week: string; lang: Lang },
): Promise<Text[]> {
  const missing: Text[] = [];
  let opens = true;
  try {
    for (const format of REPORT_FORMATS) {
      const path = join(folder, `review.${format}`);
      if (existsSync(path)) continue;
      const needsBrowser = format === "pdf" || format === "png";
      if (needsBrowser && !opens) continue;
      if (needsBrowser && !findChromium()) {
        if (format === "pdf") missing.push(NO_BROWSER);
        continue;
      }
      try {
        const { body } = await makeReport(site, format, { week, lang });
        createFile(path, body);
      } catch (error) {
        if (!needsBrowser) throw error;
        missing.push(BROWSER_FAILED);
        opens = false;
      }
    }
  } finally {
    await closeChromium();
  }
  return missing;
}

const NO_BROWSER: Text = {
  zh: "没有 Chromium 或 Chrome，这周没有存 PDF 和长图；离线网页可以用浏览器打印。",
  en: "No Chromium or Chrome: no PDF and no long image were kept; the offline page can be printed from a browser.",
};
const BROWSER_FAILED: Text = {
  zh: "浏览器打不开，这周没有存 PDF 和长图。在容器里以 root 运行时，设 FUPAN_CHROMIUM_NO_SANDBOX=1。",
  en: "The browser did not start: no PDF and no long image were kept. As root in a container set FUPAN_CHROMIUM_NO_SANDBOX=1.",
};
