import type { Model } from "./model.ts";

type Kpi = Model<"kpis">;

/** `report.kpi_weekly`: every KPI file's rows with the KPI's id and value = numerator / denominator (counts: numerator). */
export function kpiUnion(kpis: readonly Kpi[]): string {
  const parts = kpis.map(
    ({ id, header }) =>
      `select '${id}' as kpi, group_id, week, segment, numerator::double as numerator, denominator::double as denominator,
         ${header.unit === "ratio" ? "numerator::double / nullif(denominator, 0)" : "numerator::double"} as value
       from kpis.${id}`,
  );
  return parts.join("\nunion all\n");
}

/**
 * Sampling error of each week-to-week change, for every KPI that says what one person adds to it
 * (statistics.md 2.2, written in sums so that one pass per source serves all its KPIs):
 * u_i = (a_i1 − R1·d_i1)/D1 − (a_i0 − R0·d_i0)/D0, se² = n/(n−1)·Σu_i². A count has no denominator: u_i = a_i1 − a_i0.
 * Columns: kpi, group_id, week, se.
 */
export function sampleErrors(kpis: readonly Kpi[]): string | undefined {
  const sources = new Set(kpis.flatMap(({ header }) => header.people?.from ?? []));
  const parts = [...sources].flatMap((from) =>
    errorsOf(
      from,
      kpis.filter(({ header }) => header.people?.from === from),
    ),
  );
  return parts.length > 0 ? parts.join("\nunion all\n") : undefined;
}

function errorsOf(from: string, kpis: readonly Kpi[]): string[] {
  const terms = kpis.map(({ id, header }) => {
    const { numerator = "0", denominator = null } = header.people ?? {};
    return { id, a: `(${numerator})::double`, d: denominator === null ? null : `(${denominator})::double` };
  });
  const base = terms.flatMap(({ a, d }, k) => [`${a} as a${k}`, ...(d === null ? [] : [`${d} as d${k}`])]);
  const own = terms.flatMap(({ d }, k) => [
    `sum(a${k}) as n${k}`,
    `sum(a${k} * a${k}) as aa${k}`,
    ...(d === null ? [] : [`sum(d${k}) as dd${k}`, `sum(a${k} * d${k}) as ad${k}`]),
  ]);
  const cross = terms.flatMap(({ d }, k) => [
    `sum(this.a${k} * before.a${k}) as xaa${k}`,
    ...(d === null
      ? []
      : [
          `sum(this.a${k} * before.d${k}) as xad${k}`,
          `sum(this.d${k} * before.a${k}) as xda${k}`,
          `sum(this.d${k} * before.d${k}) as xdd${k}`,
        ]),
  ]);
  const with_ = `with
    base as (select group_id, person_id, week, ${base.join(", ")} from ${from}),
    own as (select group_id, week, ${own.join(", ")} from base group by group_id, week),
    cross_sums as (
      select this.group_id, this.week, ${cross.join(", ")}
      from base as this inner join base as before on before.group_id = this.group_id and before.person_id = this.person_id and before.week = this.week - 7
      group by this.group_id, this.week
    ),
    pairs as (
      select this.group_id, this.week, ${terms.flatMap(({ d }, k) => [...["n", "aa", ...(d === null ? [] : ["dd", "ad"])].flatMap((s) => [`this.${s}${k} as ${s}${k}_1`, `before.${s}${k} as ${s}${k}_0`]), ...["xaa", ...(d === null ? [] : ["xad", "xda", "xdd"])].map((s) => `coalesce(cross_sums.${s}${k}, 0) as ${s}${k}`)]).join(", ")}
      from own as this inner join own as before on before.group_id = this.group_id and before.week = this.week - 7
      left join cross_sums on cross_sums.group_id = this.group_id and cross_sums.week = this.week
    )`;
  const selects = terms.map(({ id, d }, k) => {
    if (d === null)
      return `select '${id}' as kpi, group_id, week, sqrt(greatest(aa${k}_1 + aa${k}_0 - 2 * xaa${k}, 0)) as se from pairs`;
    const r = (t: 0 | 1) => `(n${k}_${t} / nullif(dd${k}_${t}, 0))`;
    const square = (t: 0 | 1) =>
      `(aa${k}_${t} - 2 * ${r(t)} * ad${k}_${t} + ${r(t)} * ${r(t)} * dd${k}_${t}) / nullif(dd${k}_${t} * dd${k}_${t}, 0)`;
    const both = `(xaa${k} - ${r(0)} * xad${k} - ${r(1)} * xda${k} + ${r(1)} * ${r(0)} * xdd${k}) / nullif(dd${k}_1 * dd${k}_0, 0)`;
    const n = `(dd${k}_1 + dd${k}_0 - xdd${k})`;
    return `select '${id}' as kpi, group_id, week, sqrt(greatest(${n} / nullif(${n} - 1, 0) * (${square(1)} + ${square(0)} - 2 * ${both}), 0)) as se from pairs`;
  });
  return [`(${with_}\n${selects.join("\nunion all\n")})`];
}

/**
 * `report.comparisons`: each KPI, group and week beside the week before. `se` comes from `report.sample_errors`;
 * a ratio without person-level form is taken for independent trials, a count for Poisson.
 */
export function comparisons(kpis: readonly Kpi[]): string {
  const units = kpis.map(({ id, header }) => `('${id}', '${header.unit}')`).join(", ");
  return `
    with weekly as (select * from report.kpi_weekly where segment = '*'),
      units(kpi, unit) as (values ${units})
    select this.kpi, this.group_id, this.week, this.numerator, this.denominator, this.value,
      before.numerator as previous_numerator, before.denominator as previous_denominator, before.value as previous_value,
      this.value - before.value as delta,
      coalesce(errors.se, case units.unit
        when 'ratio' then sqrt(this.value * (1 - this.value) / this.denominator + before.value * (1 - before.value) / before.denominator)
        when 'count' then sqrt(this.numerator + before.numerator) end) as se,
      weeks.is_complete
    from weekly as this
    inner join report.weeks as weeks on weeks.week = this.week
    inner join units on units.kpi = this.kpi
    left join weekly as before on before.kpi = this.kpi and before.group_id = this.group_id and before.week = this.week - 7
    left join report.sample_errors as errors on errors.kpi = this.kpi and errors.group_id = this.group_id and errors.week = this.week`;
}
