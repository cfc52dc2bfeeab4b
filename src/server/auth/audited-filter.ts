import { z } from "zod";
import { LIST_SORTS } from "../page/people-table.ts";
import { kpiId, pageQuery } from "../request.ts";

const scope = { week: pageQuery.shape.week, group: pageQuery.shape.group };
/** A number of somebody passes for an id of a KPI; no KPI has such a name. */
const kpi = kpiId.regex(/^(?!.*\d{5})/);
/** What cuts or orders each answer that is written down; an answer that is not here is cut by nothing. */
const FILTERS: readonly (readonly [RegExp, Readonly<Record<string, z.ZodType>>])[] = [
  [/^\/lists\/kpis\.csv$/, { ...scope, kpi }],
  [/^\/lists\//, { ...scope, why: pageQuery.shape.why, sort: z.enum(LIST_SORTS) }],
  [/^\/report\./, { ...scope, kpi }],
  [/^\/api\/v1\/segments\//, scope],
];

/**
 * The part of an address's query that the audit keeps: what the route knows, as it takes it. Anything else somebody typed,
 * perhaps a name or a number, and it cut nothing.
 * @param route as the application knows it.
 */
export function auditedFilter(route: string, query: Readonly<Record<string, unknown>>) {
  const known = FILTERS.find(([form]) => form.test(route))?.[1] ?? {};
  return Object.fromEntries(
    Object.entries(known).flatMap(([key, type]) => {
      const given = Object.hasOwn(query, key) ? type.safeParse(query[key]) : null;
      return given?.success ? [[key, given.data]] : [];
    }),
  );
}
