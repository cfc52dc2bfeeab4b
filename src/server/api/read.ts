import type { Request, Response } from "express";
import { z } from "zod";
import { reviewBeside } from "../../campaigns/in-review.ts";
import { peopleNow } from "../../campaigns/people-now.ts";
import { besideCampaigns } from "../../campaigns/resting.ts";
import type { Campaigns } from "../../campaigns/store.ts";
import { oddDays } from "../../review/days.ts";
import { inCells, listNames, masked, toListed } from "../../review/lists.ts";
import { retentionOf } from "../../review/retention.ts";
import { SERIES_COLUMNS } from "../../review/series.ts";
import type { Generation } from "../../review/source.ts";
import { FreshAnswers } from "../fresh.ts";
import { type Packed, pack, sendPacked } from "../packed.ts";
import { withMaskedNames } from "../people-rows.ts";
import { kpiId, kpisQuery, weekLabel } from "../request.ts";
import type { Site } from "../site.ts";
import { asJson, formOf, isKnown, type Made, type Rows, rowsAs } from "./answer.ts";
import type { Api } from "./registry.ts";
import { reviewSchema } from "./review-schema.ts";

const scope = z.strictObject({ week: weekLabel.optional(), group: z.string().max(200).optional() });
const explained = scope.extend({ kpi: kpiId });
const seriesQuery = z.strictObject({
  kpi: kpiId,
  by: kpiId.default("none"),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  group: z.string().max(200).default("*"),
});
const queryName = z.strictObject({ name: z.string().regex(/^[a-z0-9_]{1,60}$/, "the name of a query") });
const segmentName = z.strictObject({
  segment: z.string().regex(/^[a-z0-9_-]{1,60}$/, "the name of a list"),
});

const KEPT_ANSWERS = 200;
/** Longer answers are asked for by machines, and once. */
const MAX_KEPT = 1 << 20;

/** Everything that can be read. No SQL comes from a client: names and typed values only. */
export function readRoutes(api: Api, site: Site): void {
  const answers = new FreshAnswers<Packed | null>(
    KEPT_ANSWERS,
    (made) => made !== null && made.plain.length <= MAX_KEPT,
  );
  /** One generation from the first row to the last; 404 before the first build, 304 for what the client has. */
  const reading = async (
    request: Request,
    response: Response,
    make: (generation: Generation) => Promise<Made>,
  ): Promise<void> => {
    const { all, firm } = site.version();
    if (isKnown(request, response, all)) return;
    const key = `${firm}\n${request.originalUrl}\n${formOf(request)}`;
    const { value, revision } = await answers.get(key, all, async () => {
      const made = await site.source.read(make);
      return made && pack(made.type, made.body);
    });
    if (!value) return void response.status(404).json({ error: "nothing built yet" });
    // Of the revision that it is of, which is not always today's.
    if (isKnown(request, response, revision)) return;
    sendPacked(request, response, value);
  };
  const rows = (
    request: Request,
    response: Response,
    read: (generation: Generation) => Promise<Rows>,
  ): Promise<void> =>
    reading(request, response, async (generation) =>
      rowsAs(formOf(request), generation.id, await read(generation)),
    );

  api.add({
    path: "/api/v1/review",
    summary: "The weekly review: the object that the page, the sentences and every report are made of.",
    query: scope,
    answers: reviewSchema,
    handle: ({ query }, request, response) =>
      reading(request, response, async (generation) => {
        const made = await generation.review(query);
        return asJson(await reviewBeside(made, generation.query, site.campaigns?.list() ?? []));
      }),
  });
  api.add({
    path: "/api/v1/kpis",
    summary:
      "Rows of report.kpi_weekly: numerator, denominator and value by KPI, group, week and segment; `missing` names the source that was never imported, without which there is no value.",
    query: kpisQuery,
    answers: "rows",
    handle: ({ query }, request, response) =>
      rows(request, response, async (generation) => ({
        rows: await generation.kpis(query),
        cols: ["kpi", "group_id", "week", "segment", "numerator", "denominator", "value", "missing"],
      })),
  });
  api.add({
    path: "/api/v1/series",
    summary:
      "One KPI over weeks, whole or by the parts of a dimension (none, group, or one of sql/dimensions).",
    query: seriesQuery,
    answers: "rows",
    handle: ({ query }, request, response) =>
      rows(request, response, async (generation) => ({
        rows: await generation.series({ ...query, from: query.from ?? null, to: query.to ?? null }),
        cols: SERIES_COLUMNS,
      })),
  });
  api.add({
    path: "/api/v1/explain",
    summary: "Why one KPI moved: its line of the review and the exact contributions of its parts.",
    query: explained,
    answers: z.looseObject({ generation: z.string() }),
    handle: ({ query }, request, response) =>
      reading(request, response, async (generation) => {
        const { kpi, ...scope } = query;
        return asJson({ generation: generation.id, ...(await generation.explain(kpi, scope)) });
      }),
  });
  api.add({
    path: "/api/v1/retention",
    summary:
      "How long members stay (Kaplan–Meier over 26 weeks, delayed entry, log-log intervals), and by the way they came (log-rank); null where leaving can't be seen.",
    query: scope,
    answers: z.looseObject({ generation: z.string() }),
    handle: ({ query }, request, response) =>
      reading(request, response, async (generation) => {
        const { from: week, group: group_id } = await generation.review({ ...query, focus: null });
        const rows = await generation.query("stays", { week, group_id });
        return asJson({ generation: generation.id, week, group: group_id, retention: retentionOf(rows) });
      }),
  });
  api.add({
    path: "/api/v1/days",
    summary:
      "Days whose number of messages stands out: of the week against the same weekdays before (robust z), and of the weeks before in hindsight (generalised ESD).",
    query: scope,
    answers: z.looseObject({ generation: z.string() }),
    handle: ({ query }, request, response) =>
      reading(request, response, async (generation) => {
        const { from: week, group: group_id } = await generation.review({ ...query, focus: null });
        const rows = await generation.query("daily_messages", { week, group_id });
        return asJson({ generation: generation.id, from: week, group: group_id, days: oddDays(rows) });
      }),
  });
  api.add({
    path: "/api/v1/segments/{segment}",
    summary: "Persons of a list, without their contacts.",
    params: segmentName,
    query: scope,
    answers: "rows",
    handle: ({ params, query }, request, response) =>
      rows(request, response, async (generation) =>
        segmentRows(generation, params.segment, query, site.campaigns),
      ),
  });
  api.add({
    path: "/api/v1/queries/{name}",
    summary:
      "A prepared query by name; only its declared parameters count. Names of people are masked; `missing` says which columns are null because their source was never imported.",
    params: queryName,
    query: z.record(z.string(), z.string().max(200)),
    answers: "rows",
    handle: ({ params, query }, request, response) =>
      rows(request, response, async (generation) => {
        const found = await maskedQuery(generation, params.name, query);
        return {
          rows: found,
          ...(found.length === 0 ? { cols: await generation.columns(params.name) } : {}),
          missing: await generation.missing(params.name, query),
        };
      }),
  });
  api.add({
    path: "/api/v1/imports",
    summary: "Imported files; read = accepted + duplicate + rejected.",
    answers: "rows",
    handle: (_given, request, response) =>
      rows(request, response, async (generation) => ({ rows: await generation.imports() })),
  });
}

/** Names in full leave as a list only, which the audit holds. */
async function maskedQuery(generation: Generation, name: string, query: Record<string, string>) {
  const rows = await generation.query(name, query);
  return generation.namesPeople(name) ? rows.map(withMaskedNames) : rows;
}

/** Everyone of a lifecycle segment. @throws ZodError for one that there is not. */
async function segmentRows(
  generation: Generation,
  segment: string,
  query: z.infer<typeof scope>,
  kept: Campaigns | undefined,
): Promise<Rows> {
  const review = await generation.review({ ...query, focus: null });
  const { from: week, group: group_id, segments } = review;
  z.enum(listNames(segments.stock)).parse(segment);
  const rows = await generation.query("segment_list", { week, group_id, segment });
  const campaigns = await peopleNow(generation.query, kept?.list() ?? []);
  return {
    rows: besideCampaigns(rows.map(toListed), campaigns, review).map((row) => inCells(masked(row))),
    // Also of a list that nobody is on.
    cols: Object.keys(toListed({})),
  };
}
