import type { Express } from "express";
import { z } from "zod";
import { peopleNow } from "../../campaigns/people-now.ts";
import { besideCampaigns } from "../../campaigns/resting.ts";
import { UserError } from "../../kit/errors.ts";
import { filtered, listNames, toListed } from "../../review/lists.ts";
import { nothingBuilt } from "../../review/nothing-built.ts";
import type { Generation } from "../../review/source.ts";
import type { Review } from "../../review/types.ts";
import { download } from "../answer.ts";
import { toCsv } from "../csv.ts";
import { t } from "../i18n.ts";
import { peopleFile } from "../page/people-file.ts";
import { sorted } from "../page/people-table.ts";
import { segmentListPage } from "../page/segment-list.ts";
import type { PageQuery } from "../request.ts";
import { withReview } from "../scene.ts";
import type { Site } from "../site.ts";

const CSV = "text/csv; charset=utf-8";
const DORMANT = "dormant";

/** Lists of people as pages and as files for spreadsheets. */
export function listRoutes(app: Express, site: Site): void {
  app.get(
    "/segments",
    site.page(async (query, look) => {
      const made = await withReview(site, query, async (review, ask) => {
        const filter = { ...filterOf(query), segment: known(review, query.segment ?? DORMANT) };
        const rows = await ask("segment_list", {
          week: review.from,
          group_id: review.group,
          segment: filter.segment,
        });
        const campaigns = site.campaigns ? await peopleNow(ask, site.campaigns.list()) : null;
        return site.framed(
          look,
          { title: t(look.lang, "nav_dormant"), path: `/segments?week=${review.week}` },
          segmentListPage({
            review,
            lang: look.lang,
            filter,
            rows: besideCampaigns(rows.map(toListed), campaigns ?? [], review),
            campaigns,
          }),
        );
      });
      return made ?? site.empty(look, "/segments");
    }),
  );
  app.get(
    "/lists/kpis.csv",
    site.page(async (query) => {
      const rows = await site.source.read(async (generation) => {
        await assertGroup(generation, query.group);
        return generation.kpis({
          group: query.group,
          kpi: query.kpi,
          ...(await weekOf(generation, query)),
        });
      });
      const cols = ["kpi", "group_id", "week", "segment", "numerator", "denominator", "value"];
      if (rows === null) throw nothingBuilt();
      return download("kpis.csv", CSV, toCsv(cols, rows));
    }),
  );
  app.get(
    "/lists/:segment.csv",
    site.page(async (query, look, request) => {
      const made = await withReview(site, query, async (review, ask) => {
        const segment = known(review, String(request.params["segment"]));
        const rows = await ask("segment_list", { week: review.from, group_id: review.group, segment });
        const filter = filterOf(query);
        const campaigns = await peopleNow(ask, site.campaigns?.list() ?? []);
        const all = besideCampaigns(rows.map(toListed), campaigns, review);
        const cut = sorted(filtered(all, filter), filter.sort);
        const { names, lines } = peopleFile(cut, look.lang, review.timezone);
        return download(`${segment}-${review.week}.csv`, CSV, toCsv(names, lines));
      });
      if (!made) throw nothingBuilt();
      return made;
    }),
  );
}

/** The week that is asked for as a filter of KPIs; all weeks without one. */
async function weekOf(generation: Generation, { week }: PageQuery) {
  if (week === undefined) return {};
  const { from } = await generation.scope({ week });
  return { from, to: from };
}

/** @throws UserError for a group that there is not: the audit would keep whatever somebody typed there. */
async function assertGroup(generation: Generation, group = "*"): Promise<void> {
  if (group === "*" || (await generation.groups()).some(({ id }) => id === group)) return;
  throw new UserError({ zh: "没有这个群", en: "There is no such group" });
}

/** @throws ZodError for a segment that there is not. */
function known({ segments }: Review, segment: string): string {
  return z.enum(listNames(segments.stock)).parse(segment);
}

function filterOf({ why, q, sort, page }: PageQuery) {
  return { why: why ?? null, q, sort, page };
}
