import { findChromium } from "./chromium.ts";
import { REPORT_FORMATS, type ReportFormat } from "./formats.ts";

/** Without a Chromium the menu does not offer what only it can make. */
export function offered(): readonly ReportFormat[] {
  return findChromium() ? REPORT_FORMATS : REPORT_FORMATS.filter((one) => one === "html" || one === "xlsx");
}
