import type { Model } from "./model.ts";

type Kpi = Model<"kpis">;

/**
 * `report.missing_kpis`: KPIs and groups (and "*") of which the source that the KPI needs was never imported; they have no value.
 * With `keeps` those of a source without which the value stands as defined and is not judged: `report.unjudged_kpis`.
 */
export function missingKpis(kpis: readonly Kpi[], keeps = false): string {
  const needs = kpis.flatMap(({ id, header }) =>
    header.needs.map((source, nth) => `('${id}', '${source}', ${nth})`),
  );
  return needs.length === 0
    ? "select null::varchar as kpi, null::varchar as group_id, null::varchar as source where false"
    : `select kpi, group_id, source from (values ${needs.join(", ")}) as needs(kpi, source, nth)
       inner join marts.sources using (source) where not is_known and ${keeps ? "" : "not "}keeps_value
       qualify row_number() over (partition by kpi, group_id order by nth) = 1 order by kpi, group_id`;
}

/**
 * `report.gap_weeks`: KPIs that need the chat log, by the groups and weeks that can't be held against the week before,
 * since the log seems to lack one of them (marts.log_gaps). All groups together ("*") can't where a gap begins or ends.
 */
export function gapWeeks(kpis: readonly Kpi[]): string {
  const heard = kpis.filter(({ header }) => header.needs.includes("messages")).map(({ id }) => `('${id}')`);
  if (heard.length === 0)
    return "select null::varchar as kpi, null::varchar as group_id, null::date as week where false";
  return `
    with
      weeks as (select group_id, unnest([week, week + 7])::date as week from marts.log_gaps),
      pairs as (select group_id, week, count(*) as ends from weeks group by group_id, week)
    select kpi, group_id, week
    from (values ${heard.join(", ")}) as heard(kpi)
      cross join (select group_id, week from pairs union select '*', week from pairs where ends = 1)
      semi join report.weeks using (week)
    order by all`;
}

/**
 * `report.kpi_weekly`: every KPI file's rows with the KPI's id and value = numerator / denominator (without a denominator: numerator).
 * @param missing KPIs with rows of report.missing_kpis: there nobody counted is not nobody there, so the row says nothing.
 */
export function kpiUnion(kpis: readonly Kpi[], missing: ReadonlySet<string> = new Set()): string {
  const parts = kpis.map(
    ({ id, header }) =>
      `select '${id}' as kpi, group_id, week, segment, numerator::double as numerator, denominator::double as denominator,
         ${header.unit === "ratio" ? "numerator::double / nullif(denominator, 0)" : "if(denominator is null, numerator::double, numerator::double / nullif(denominator, 0))"} as value
       from ${missing.has(id) ? withoutMissing(id) : `kpis.${id}`}`,
  );
  return parts.join("\nunion all\n");
}

function withoutMissing(id: string): string {
  const known = (column: string) => `if(missing.kpi is null, own.${column}, null) as ${column}`;
  return `(select own.group_id, own.week, own.segment, ${known("numerator")}, ${known("denominator")} from kpis.${id} as own
    left join report.missing_kpis as missing on missing.kpi = '${id}' and missing.group_id = own.group_id)`;
}

/**
 * Sampling error of each week-to-week change, for every KPI that says what one person adds to it
 * (statistics.md 2.2, written in sums so that one pass per source serves all its KPIs):
 * u_i = (a_i1 − R1·d_i1)/D1 − (a_i0 − R0·d_i0)/D0, se² = n/(n−1)·Σu_i². A count has no denominator: u_i = a_i1 − a_i0.
 * A source whose rows also say what the person added the week before (`people.before`) is read once; others are
 * joined to themselves.
 * Columns: kpi, group_id, week, se, changed (people whose part of the numerator differs between the weeks).
 */
export function sampleErrors(kpis: readonly Kpi[]): string | undefined {
  const passes = new Map<string, Kpi[]>();
  for (const kpi of kpis) {
    const { people } = kpi.header;
    if (!people) continue;
    const pass = `${people.from} ${people.before ? "once" : "joined"}`;
    passes.set(pass, [...(passes.get(pass) ?? []), kpi]);
  }
  const parts = [...passes.values()].flatMap((pass) => errorsOf(pass[0]?.header.people?.from ?? "", pass));
  return parts.length > 0 ? parts.join("\nunion all\n") : undefined;
}

function errorsOf(from: string, kpis: readonly Kpi[]): string[] {
  // Each expression is read once and each product summed once, however many KPIs share it.
  const expressions: string[] = [];
  const befores: string[] = [];
  const products = new Map<string, string>();
  const isOnce = kpis.every(({ header }) => header.people?.before);
  const column = (expression: string, before?: string | null) => {
    const known = expressions.findIndex((one, at) => one === expression && befores[at] === (before ?? ""));
    if (known >= 0) return `x${known}`;
    befores.push(before ?? "");
    return `x${expressions.push(expression) - 1}`;
  };
  const one = (x: string) => product(`own_${x}`, `sum(this.${x}::double)`);
  const own = (x: string, y: string) =>
    product(`own_${x}_${y}`, `sum(this.${x}::double * this.${y}::double)`);
  const cross = (x: string, y: string) =>
    product(
      `cross_${x}_${y}`,
      isOnce
        ? `sum(this.${x}::double * this.was_${y}::double)`
        : `sum(this.${x}::double * before.${y}::double)`,
    );
  const product = (id: string, sum: string) => {
    products.set(id, sum);
    return id;
  };
  const selects = kpis.map(({ id, header }) => {
    const a = column(header.people?.numerator ?? "0", header.people?.before?.numerator);
    const aa = (t: 0 | 1) => `${own(a, a)}_${t}`;
    const changed = `${aa(1)} + ${aa(0)} - 2 * ${cross(a, a)}`;
    if (!header.people?.denominator) {
      return `select '${id}' as kpi, group_id, week, sqrt(greatest(${changed}, 0)) as se, ${changed} as changed from pairs`;
    }
    const d = column(header.people.denominator, header.people.before?.denominator);
    const dd = (t: 0 | 1) => `${own(d, d)}_${t}`;
    // Of a ratio each person's part of the denominator is 0 or 1, and its square is itself.
    const total = (t: 0 | 1) => (header.unit === "ratio" ? dd(t) : `${one(d)}_${t}`);
    const r = (t: 0 | 1) => `(${one(a)}_${t} / nullif(${total(t)}, 0))`;
    const square = (t: 0 | 1) =>
      `(${aa(t)} - 2 * ${r(t)} * ${own(a, d)}_${t} + ${r(t)} * ${r(t)} * ${dd(t)}) / nullif(${total(t)} * ${total(t)}, 0)`;
    const both = `(${cross(a, a)} - ${r(0)} * ${cross(a, d)} - ${r(1)} * ${cross(d, a)} + ${r(1)} * ${r(0)} * ${cross(d, d)}) / nullif(${total(1)} * ${total(0)}, 0)`;
    // People of either week: of a mean, whoever has two orders is one person still.
    const was = header.people.before?.denominator;
    const i =
      header.unit === "ratio"
        ? d
        : column(`(${header.people.denominator}) <> 0`, was ? `(${was}) <> 0` : was);
    const n = `(${own(i, i)}_1 + ${own(i, i)}_0 - ${cross(i, i)})`;
    return `select '${id}' as kpi, group_id, week, sqrt(greatest(${n} / nullif(${n} - 1, 0) * (${square(1)} + ${square(0)} - 2 * ${both}), 0)) as se, ${changed} as changed from pairs`;
  });
  const owns = [...products].filter(([id]) => id.startsWith("own_"));
  const crosses = [...products].filter(([id]) => id.startsWith("cross_"));
  const named = (prefix: string, list: readonly string[]) =>
    list.map((expression, at) => `(${expression || "0"}) as ${prefix}${at}`);
  const sums = (list: [string, string][]) => list.map(([id, sum]) => `${sum} as ${id}`).join(", ");
  return [
    `(with
    base as (select group_id, person_id, week, ${[...named("x", expressions), ...(isOnce ? named("was_x", befores) : [])].join(", ")} from ${from}),
    own as (select group_id, week, ${sums(isOnce ? [...products] : owns)} from base as this group by group_id, week),
    cross_sums as (${
      isOnce
        ? `select group_id, week, ${crosses.map(([id]) => id).join(", ")} from own`
        : `select this.group_id, this.week, ${sums(crosses)}
      from base as this inner join base as before on before.group_id = this.group_id and before.person_id = this.person_id and before.week = this.week - 7
      group by this.group_id, this.week`
    }),
    pairs as (
      select this.group_id, this.week, ${[
        ...owns.flatMap(([id]) => [`this.${id} as ${id}_1`, `before.${id} as ${id}_0`]),
        ...crosses.map(([id]) => `coalesce(cross_sums.${id}, 0) as ${id}`),
      ].join(", ")}
      from own as this inner join own as before on before.group_id = this.group_id and before.week = this.week - 7
      left join cross_sums on cross_sums.group_id = this.group_id and cross_sums.week = this.week
    )
    ${selects.join("\nunion all\n")})`,
  ];
}

/**
 * `report.comparisons`: each KPI, group and week beside the week before, by week; a week that is not over beside the same
 * part of the one before (marts.partial_weeks), and beside nothing where that is not known. `se` comes from
 * `report.sample_errors`; a ratio without person-level form is taken for independent trials, a count for Poisson. Null
 * where neither holds: a number of another kind, or one that is `judgedBy` its past.
 * @param from the first week that is compared.
 */
export function comparisons(kpis: readonly Kpi[], from = "date '-infinity'"): string {
  const units = kpis
    .map(({ id, header }) => `('${id}', '${header.judgedBy === "past" ? "past" : header.unit}')`)
    .join(", ");
  return `
    with
      -- A number per series: joins and the sort then move numbers, no names.
      series as (
        select kpi, group_id, unit, row_number() over (order by group_id <> '*', kpi, group_id) as series
        from (select distinct kpi, group_id from report.kpi_weekly where segment = '*') inner join (values ${units}) as units(kpi, unit) using (kpi)
      ),
      weekly as (
        select series, unit, weekly.* exclude (kpi, group_id, segment)
        from report.kpi_weekly as weekly inner join series using (kpi, group_id)
        where segment = '*' and week >= ${from} - 7
      ),
      befores as (
        select series, (week + 7)::date as week, numerator, denominator, value
        from weekly where (week + 7)::date in (select week from report.weeks where is_complete)
        union all
        select series, week, numerator, denominator, if(denominator is null, numerator, numerator / nullif(denominator, 0))
        from marts.partial_weeks inner join series using (kpi, group_id) semi join (select series, week from weekly where numerator is not null) as known using (series, week)
      ),
      errors as (
        select series, week, se, changed from report.sample_errors as errors inner join series using (kpi, group_id) where week >= ${from}
      ),
      compared as (
        select this.series, this.week, this.numerator, this.denominator, this.value,
          before.numerator as previous_numerator, before.denominator as previous_denominator, before.value as previous_value,
          this.value - before.value as delta,
          coalesce(errors.se, case this.unit
            when 'ratio' then sqrt(greatest(this.value * (1 - this.value) / this.denominator + before.value * (1 - before.value) / before.denominator, 0))
            when 'count' then sqrt(this.numerator + before.numerator) end) as se,
          errors.changed,
          weeks.is_complete
        from weekly as this
        inner join report.weeks as weeks on weeks.week = this.week
        left join befores as before on before.series = this.series and before.week = this.week
        -- As a condition of its own, is_complete would make this a loop over all pairs of rows.
        left join errors on errors.series = this.series and errors.week = if(weeks.is_complete, this.week, null)
        where this.week >= ${from}
        -- Every page asks for all weeks of all groups together: they stand in one place, first.
        order by this.series > (select count(*) from series where group_id = '*'), this.week, this.series
      )
    select kpi, group_id, compared.* exclude (series) from compared inner join series using (series)`;
}
