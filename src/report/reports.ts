import { peopleNow } from "../campaigns/people-now.ts";
import { besideCampaigns } from "../campaigns/resting.ts";
import type { Lang } from "../kit/say.ts";
import type { Explanation } from "../review/explain/types.ts";
import { toListed } from "../review/lists.ts";
import { nothingBuilt } from "../review/nothing-built.ts";
import type { DormantRow, Review } from "../review/types.ts";
import { loadAssets } from "../server/assets.ts";
import type { Charts } from "../server/charts.ts";
import type { PageContext } from "../server/context.ts";
import { t } from "../server/i18n.ts";
import { reviewMain } from "../server/page/index.ts";
import { sectionTabs } from "../server/page/layout.ts";
import { pageQuery } from "../server/request.ts";
import { drawSections } from "../server/routes/sections.ts";
import { type SceneSite, withScene } from "../server/scene.ts";
import type { Scene } from "../server/shapes/scene.ts";
import { type Paper, toPdf, toPng } from "./chromium.ts";
import type { ReportFormat } from "./formats.ts";
import { offlineHtml } from "./html.ts";
import { reviewXlsx } from "./xlsx.ts";

export interface ReportOptions {
  week?: string | undefined;
  group?: string | undefined;
  kpi?: string | undefined;
  lang: Lang;
}

export interface Report {
  /** "fupan-2026-W47.pdf". */
  name: string;
  body: Buffer;
}

/** Rows of the wake-up list in each form: an offline page may be searched, paper is read. */
const LISTED = { html: 200, pdf: 30, png: 0 } as const;

/** How a page becomes paper: a browser, or what a test looks at the page with. */
export interface Press {
  pdf: (paper: Paper) => Promise<Buffer>;
  png: (paper: Paper) => Promise<Buffer>;
}
const BROWSER: Press = { pdf: toPdf, png: ({ html }) => toPng(html) };

/**
 * A group's report goes to those who lead it: which other groups its members are in is theirs no more than the pages
 * that they may open tell it.
 */
function forTheGroup(review: Review): Review {
  return { ...review, dormant: { ...review.dormant, rows: ownGroup(review.dormant.rows, review) } };
}

function ownGroup(rows: readonly DormantRow[], { group, groupName }: Review): DormantRow[] {
  return rows.map((row) => (group === "*" ? row : { ...row, groups: [groupName ?? group] }));
}

/** A week's review as a file, from the same object and the same sections as the page. @throws UserError before the first build. */
export async function makeReport(
  site: SceneSite & { charts: Charts },
  format: ReportFormat,
  { lang, ...options }: ReportOptions,
  press: Press = BROWSER,
): Promise<Report> {
  const query = { ...pageQuery.parse({}), ...options };
  const look = { lang, theme: null, delta: null, narrow: format === "png" } as const;
  const use = async (scene: Scene, whole: PageContext): Promise<Report> => {
    const review = forTheGroup(whole.review);
    const page = { ...whole, review };
    const name = `fupan-${review.week}${review.group === "*" ? "" : `-${review.groupName ?? review.group}`}.${format}`;
    if (format === "xlsx") {
      const shown = scene.explanation;
      const others = Object.values(review.decomposition).filter(({ kpi }) => kpi !== shown?.kpi);
      const all: Explanation[] = [...(shown ? [shown] : []), ...others];
      const listed = await scene.query("segment_list", { week: review.from, group_id: review.group });
      const campaigns = await peopleNow(scene.query, site.campaigns?.list() ?? []);
      const told = besideCampaigns(listed.map(toListed), campaigns, review);
      return { name, body: await reviewXlsx(review, all, ownGroup(told, review), lang) };
    }
    const charts = await drawSections(site.charts, scene, look.narrow);
    const title = `${t(lang, "title_week", { n: Number(review.week.slice(-2)) })} · ${t(lang, "brand")}`;
    const main = reviewMain(
      { ...page, listed: LISTED[format], isOffline: true, isPaper: format !== "html" },
      charts,
    ).text;
    const html = offlineHtml({
      lang,
      title,
      css: loadAssets().css.body,
      main,
      tabs: format === "html" ? sectionTabs(lang).text : "",
      ...(format === "html" ? {} : { theme: "light" as const }),
      ...(format === "png" ? { kind: "long" } : {}),
    });
    if (format === "html") return { name, body: Buffer.from(html) };
    return { name, body: await press[format]({ html, footer: title }) };
  };
  const made = await withScene(site, query, look, "/", use, format === "xlsx");
  if (made) return made;
  throw nothingBuilt();
}
