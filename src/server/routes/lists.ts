import type { Express } from "express";
import type { Row } from "../../warehouse/rows.ts";
import { download } from "../answer.ts";
import { toCsv } from "../csv.ts";
import { t } from "../i18n.ts";
import { dormantPage, filtered } from "../page/dormant.ts";
import { withReview } from "../scene.ts";
import type { Site } from "../site.ts";

const CSV = "text/csv; charset=utf-8";
const NOTHING = { status: 404, type: "text", body: "" };
const DORMANT = [
  "personId",
  "name",
  "groups",
  "why",
  "daysSilent",
  "lastSpoke",
  "lastOrder",
  "orders",
  "value",
];

/** Lists of people as pages and as files for spreadsheets. */
export function listRoutes(app: Express, site: Site): void {
  app.get(
    "/segments",
    site.page(async (query, look) => {
      const filter = { why: query.why ?? null, q: query.q };
      const made = await withReview(site, query, (review) =>
        site.framed(
          look,
          { title: t(look.lang, "nav_dormant"), path: `/segments?week=${review.week}` },
          dormantPage(review, look.lang, filter),
        ),
      );
      return made ?? site.empty(look);
    }),
  );
  app.get(
    "/lists/dormant.csv",
    site.page(async (query) => {
      const filter = { why: query.why ?? null, q: query.q };
      const made = await withReview(site, query, (review) => {
        const rows: Row[] = filtered(review.dormant.rows, filter).map((row) => ({ ...row }));
        return download(`dormant-${review.week}.csv`, CSV, toCsv(DORMANT, rows));
      });
      return made ?? NOTHING;
    }),
  );
  app.get(
    "/lists/kpis.csv",
    site.page(async (query) => {
      const rows = await site.source.read((generation) =>
        generation.kpis({ group: query.group, kpi: query.kpi }),
      );
      const cols = ["kpi", "group_id", "week", "segment", "numerator", "denominator", "value"];
      return rows === null ? NOTHING : download("kpis.csv", CSV, toCsv(cols, rows));
    }),
  );
}
