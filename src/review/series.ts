import { UserError } from "../kit/errors.ts";
import type { Catalog } from "../warehouse/catalog.ts";
import { type Database, name } from "../warehouse/database.ts";
import type { Row } from "../warehouse/rows.ts";
import type { Text } from "./types.ts";

export interface SeriesQuestion {
  kpi: string;
  /** "none", "group", or a dimension of the catalogue. */
  by: string;
  /** First days of the first and the last week; null = as far as there is data. */
  from: string | null;
  to: string | null;
  /** Group id, or "*". */
  group: string;
}

/** Columns of a series: one row per week and part. */
export const SERIES_COLUMNS = ["week", "part", "title_zh", "title_en", "numerator", "denominator", "value"];

/**
 * One KPI over weeks, whole or by the parts of a dimension. Counts have denominator null; value = numerator /
 * denominator. @throws UserError for a KPI or a dimension that there is not, or that the KPI can't be split by.
 */
export async function series(
  database: Database,
  catalog: Catalog,
  { kpi, by, from, to, group }: SeriesQuestion,
): Promise<Row[]> {
  const model = catalog.kpis.find(({ id }) => id === kpi);
  if (!model) throw new UserError({ zh: `没有这个指标：${kpi}`, en: `There is no such KPI: ${kpi}` });
  if (by === "none" || by === "group") {
    return database.all(
      `select weekly.week, ${by === "group" ? "weekly.group_id" : "'*'"} as part, ${by === "group" ? "groups.name" : "'合计'"} as title_zh,
         ${by === "group" ? "groups.name" : "'Total'"} as title_en, numerator, denominator, value
       from report.kpi_weekly as weekly inner join report.weeks as weeks using (week) left join marts.groups as groups using (group_id)
       where kpi = $kpi and segment = '*' and ${by === "group" ? "group_id <> '*' and $group in ('*', group_id)" : "group_id = $group"}
         and weekly.week >= coalesce($from::date, weekly.week) and weekly.week <= coalesce($to::date, weekly.week)
       order by weekly.week, part`,
      { kpi, group, from, to },
    );
  }
  const dimension = catalog.dimensions.find(({ id }) => id === by);
  if (!dimension) throw new UserError({ zh: `没有这个维度：${by}`, en: `There is no such dimension: ${by}` });
  const people = model.header.people;
  if (!people) {
    throw new UserError(
      { zh: `${kpi} 不能按人拆开`, en: `${kpi} can't be split by people` },
      { hint: { zh: "可以按群看，或换一个指标。", en: "Split it by group, or take another KPI." } },
    );
  }
  const keys = dimension.header.grain.map((key) => `split.${key} = counted.${key}`).join(" and ");
  const rows = await database.all(
    `with counted as (
       select group_id, person_id, week, coalesce((${people.numerator})::double, 0) as n, coalesce((${people.denominator ?? "true"})::double, 0) as d
       from ${people.from} where group_id = $group and not exists (select 1 from report.missing_kpis where kpi = $kpi and group_id = $group)
         and week in (select week from report.weeks where week >= coalesce($from::date, week) and week <= coalesce($to::date, week))
     ),
     form as (select bool_or(denominator is not null) as is_ratio from report.kpi_weekly where kpi = $kpi)
     select counted.week, coalesce(split.value, '') as part, sum(n) as numerator, if(any_value(form.is_ratio), sum(d), null) as denominator,
       if(any_value(form.is_ratio), sum(n) / nullif(sum(d), 0), sum(n)) as value
     from counted cross join form left join dimensions.${name(by)} as split on ${keys}
     group by counted.week, part having sum(n) <> 0 or sum(d) <> 0 order by counted.week, part`,
    { kpi, group, from, to },
  );
  return rows.map(({ week, part, ...figures }) => {
    const title = dimension.header.values[String(part)];
    const fallback = part === "" ? { zh: "未知", en: "Unknown" } : { zh: String(part), en: String(part) };
    const { zh, en } = title ?? fallback;
    return { week: week ?? null, part: part ?? null, title_zh: zh, title_en: en, ...figures };
  });
}

export interface DimensionChoice {
  id: string;
  title: Text;
  /** Names of its values; a value without one is shown as it is. */
  values: Readonly<Record<string, Text>>;
}

/** What a KPI can be split by. */
export function dimensionsOf(catalog: Catalog): DimensionChoice[] {
  return [
    { id: "none", title: { zh: "不拆分", en: "Not split" }, values: {} },
    { id: "group", title: { zh: "群", en: "Group" }, values: {} },
    ...catalog.dimensions.map(({ id, header }) => ({ id, title: header.title, values: header.values })),
  ];
}
