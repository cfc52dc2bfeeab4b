import type { Express } from "express";
import { REPORT_FORMATS, REPORT_TYPES } from "../../report/formats.ts";
import { makeReport } from "../../report/reports.ts";
import { download } from "../answer.ts";
import type { Site } from "../site.ts";

/** `/report.html`, `.pdf`, `.png` and `.xlsx` of a week; kept like pages, since making a PDF takes seconds. */
export function reportRoutes(app: Express, site: Site): void {
  for (const format of REPORT_FORMATS)
    app.get(
      `/report.${format}`,
      site.page(async ({ week, group, kpi }, { lang }) => {
        const { name, body } = await makeReport(site, format, { week, group, kpi, lang });
        return download(name, REPORT_TYPES[format], body);
      }),
    );
}
