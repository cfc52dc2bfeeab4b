import { reviewBeside } from "../campaigns/in-review.ts";
import type { Explanation } from "../review/explain/types.ts";
import { keptForms, otherDays, readFrozen, restatedSince } from "../review/frozen.ts";
import type { Generation } from "../review/source.ts";
import { dueIn } from "../review/suggestions.ts";
import type { KpiLine, Review } from "../review/types.ts";
import type { PageContext } from "./context.ts";
import { decidedActions } from "./decisions.ts";
import { loadExtras, NO_EXTRAS } from "./extras.ts";
import type { Look, PageQuery } from "./request.ts";
import type { Scene } from "./shapes/scene.ts";
import type { Site } from "./site.ts";

/** What a scene needs of the site: reports are made without a server. */
export type SceneSite = Pick<Site, "source" | "state" | "dashboard" | "assets"> & {
  reports?: string | undefined;
  campaigns?: Site["campaigns"];
};

/** Runs with the review that a URL asks for and the queries of the same generation; null before the first build. */
export function withReview<T>(
  { source }: Pick<Site, "source">,
  query: PageQuery,
  use: (review: Review, ask: Generation["query"]) => Promise<T> | T,
): Promise<T | null> {
  return source.read(async (generation) =>
    use(await generation.review({ week: query.week, group: query.group, focus: null }), generation.query),
  );
}

/**
 * The same with everything that a section of the weekly page may look at.
 * @param path of the page, for its links.
 * @param whole the review tells and explains every KPI, not only the one that is looked at.
 */
export function withScene<T>(
  site: SceneSite,
  query: PageQuery,
  look: Look,
  path: string,
  use: (scene: Scene, page: PageContext) => Promise<T>,
  whole = false,
): Promise<T | null> {
  return site.source.read(async (generation) => {
    const scope = await generation.scope({ week: query.week, group: query.group });
    // A KPI that there is not has no rows, and the page shows the first one.
    const wanted = await wantedOf(site, query, generation, scope.group);
    const suggesting = decidedActions(site.state).then(async (all) => ({
      all,
      suggestions: await generation.suggestions({ week: scope.from, group: scope.group }, all),
    }));
    const [made, { all, suggestions }, loaded] = await Promise.all([
      generation.review({ week: query.week, group: query.group, ...(whole ? {} : { focus: wanted }) }),
      suggesting,
      loadExtras(generation.query, scope, wanted),
    ]);
    const review = await reviewBeside(made, generation.query, site.campaigns?.list() ?? []);
    const page = contextOf(site, review, wanted, query, look, path);
    const kpi = review.kpis.find(({ id }) => id === page.kpi);
    const mine = all.filter(({ groupId }) => review.group === "*" || ["*", review.group].includes(groupId));
    const extras = page.kpi === wanted ? loaded : await loadExtras(generation.query, scope, page.kpi);
    const explanation = kpi ? await explanationOf(generation, review, kpi) : null;
    const decisions = { suggestions, due: dueIn(mine, review.from), all: mine };
    const frozen = frozenOf(site, review);
    const [restated, frozenDays] = [restatedSince(frozen, review), otherDays(frozen, review)];
    const names = new Map(generation.dimensions().map(({ id, values }) => [id, values]));
    const valueName = (dimension: string, value: string) =>
      names.get(dimension)?.[value]?.[look.lang] ?? value;
    return use(
      { review, kpi, explanation, extras, lang: look.lang, query: generation.query },
      {
        ...page,
        explanation,
        decisions,
        extras,
        valueName,
        restated,
        frozenDays,
        frozenAt: frozen?.generatedAt ?? null,
        frozenForms: frozen && site.reports ? keptForms(site.reports, review.week) : [],
      },
    );
  });
}

/** The report of the week that was kept. It is of all groups: of one alone nothing was. */
function frozenOf({ reports }: SceneSite, { week, group }: Review): Review | null {
  const frozen = reports === undefined ? null : readFrozen(reports, week);
  return frozen?.group === group ? frozen : null;
}

/** The review explains what moved; what did not is explained only where someone looks at it. */
async function explanationOf(
  generation: Generation,
  review: Review,
  kpi: KpiLine,
): Promise<Explanation | null> {
  const known = review.decomposition[kpi.id];
  if (known || kpi.delta === null) return known ?? null;
  const scope = { week: review.from, group: review.group };
  return (await generation.explain(kpi.id, scope)).decomposition;
}

/** The KPI that is asked for, else the first of the large ones that has a value: a page that opens on one without its source shows nothing. */
async function wantedOf(
  { dashboard }: SceneSite,
  { kpi }: PageQuery,
  generation: Generation,
  group: string,
): Promise<string> {
  if (kpi !== undefined) return kpi;
  const { headline } = dashboard.layout;
  const rows = await generation.query("missing_sources", { group_id: group });
  const missing = new Set(rows.map((row) => row["kpi"]));
  return headline.find((id) => !missing.has(id)) ?? headline[0] ?? "";
}

function contextOf(
  site: SceneSite,
  review: Review,
  wanted: string,
  query: PageQuery,
  look: Look,
  path: string,
): PageContext {
  const { layout } = site.dashboard;
  const kpi = review.kpis.some(({ id }) => id === wanted) ? wanted : (review.kpis[0]?.id ?? "");
  const base = {
    week: query.week ?? null,
    group: path === "/" ? (query.group ?? null) : null,
    kpi: query.kpi ?? null,
    vs: query.vs === "week" ? null : query.vs,
    lang: query.lang ?? null,
    theme: query.theme ?? null,
    delta: query.delta ?? null,
  };
  const link: PageContext["link"] = (change) => {
    const kept = Object.entries({ ...base, ...change }).filter(
      (pair): pair is [string, string] => pair[1] !== null,
    );
    const text = new URLSearchParams(kept).toString();
    return text === "" ? path : `${path}?${text}`;
  };
  return {
    lang: look.lang,
    review,
    layout,
    kpi,
    theme: look.theme,
    delta: look.delta,
    link,
    assets: site.assets,
    explanation: null,
    extras: NO_EXTRAS,
    valueName: (_, value) => value,
    restated: [],
    frozenAt: null,
    frozenDays: null,
    frozenForms: [],
    decisions: { suggestions: [], due: [], all: [] },
    here: link({ lang: null, theme: null, delta: null }),
    path,
    versus: query.vs,
    listed: 8,
    isOffline: false,
    isPaper: false,
  };
}
