import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Express } from "express";
import { UserError } from "../../kit/errors.ts";
import { REPORT_FORMATS, REPORT_TYPES } from "../../report/formats.ts";
import { makeReport } from "../../report/reports.ts";
import { download } from "../answer.ts";
import { weekLabel } from "../request.ts";
import type { Site } from "../site.ts";

const KEPT: Readonly<Record<string, string>> = { ...REPORT_TYPES, md: "text/markdown; charset=utf-8" };

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
  const { reports } = site;
  if (reports === undefined) return;
  app.get(
    "/reports/:week/review.:form",
    site.page(async (_query, _look, request) => {
      const week = weekLabel.parse(request.params["week"]);
      const form = String(request.params["form"]);
      const type = KEPT[form];
      const path = join(reports, week, `review.${form}`);
      if (!type || !existsSync(path)) throw notKept(week, form);
      return download(`fupan-${week}.${form}`, type, readFileSync(path));
    }),
  );
}

function notKept(week: string, form: string): UserError {
  return new UserError(
    { zh: `${week} 没有存下的 ${form} 周报`, en: `No ${form} report of ${week} was kept` },
    {
      hint: {
        zh: "每周结束后，fupan run 存下当周的周报；存下的都在那一周的页面上。",
        en: "fupan run keeps a week's report once the week is over; what was kept is on that week's page.",
      },
    },
  );
}
