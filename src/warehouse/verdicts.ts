import { twoSidedPSql, Z95 } from "../stats/normal.ts";

/** Past week-to-week changes of a series without which no verdict is given. */
const MIN_PAIRS = 6;
/** How far back τ² looks. */
const PAST_WEEKS = 52;
/** People whose state differs between the weeks, fewer than which say nothing about a rate. */
const MIN_CHANGED = 10;
/** Where even the size of the error is not known: a variance of three orders is none. */
const BLIND =
  "coalesce(reason in ('no_data', 'unsettled', 'roster', 'gap') or reason = 'sample' and not series.is_ratio, false)";

/**
 * `report.verdicts`: one judgement per KPI, group and week (statistics.md 2.3). z = d / √(se² + τ²), where
 * τ² = max(0, mean(d²) − mean(se²)) over the past week-to-week changes of all groups of one kind ("*": its own):
 * without it a group's ordinary mood is taken for news in up to 29 % of weeks. Changes into or out of weeks with
 * holidays or shopping festivals teach nothing about ordinary ones, unless there are too few others. All numbers of a week are judged
 * together (Benjamini–Hochberg), since among many some seem remarkable; another reading of a KPI (variant_of) is no
 * further number: its q is that of the first of the week's numbers whose p is no smaller, or
 * p times their number where that is less; of one without pairs whose KPI has them no more people changed than both numerators hold,
 * and what is too few for the KPI is not judged under its other name. Precedence, first match wins: no_data,
 * incomplete, roster (who is there is not known, report.unjudged_kpis), gap (the chat log seems to lack one of the weeks, report.gap_weeks), unsettled (its figure still moves one way, kpis.settle_days), sample, baseline, then clear (q ≤ 0.05), possible (p ≤ 0.10), noise. The interval is delta ± 1.96·se, none where
 * nobody did it in either week (or all did): that leaves se 0, and does not make the change certain;
 * min_detectable is the smallest change that is seen 8 times in 10. A mean (yuan per order, messages per speaker) of too few
 * has none of the three: of fewer than four orders a week the interval held the truth in 75 % of weeks, not 95.
 * A series without sampling errors (a Gini, a median, what the same people make up) is judged by its own past alone,
 * τ² = mean(d²): Student's t with as many degrees of freedom as past pairs, by Wallace's normal form of it; without an
 * interval, and never where the past did not move at all. Of a group's other readings that is not worth the time.
 * Reads report.comparisons, report.unjudged_kpis, report.gap_weeks, report.kpis, report.about, marts.groups and marts.week_marks.
 * @param from the first week that is judged; what came before is only learned from. A week knows nothing of later ones but
 *   whether its series ever has sampling errors.
 */
export function verdicts(from = "date '-infinity'"): string {
  return `
    with
      -- A number per series and per pool, in their order: the windows and the last sort then move numbers, no names.
      series as (
        select kpi, group_id, good, unit = 'ratio' as is_ratio, variant_of is null as is_own, min_denominator,
          settled_until, by_past, of_people, row_number() over (order by group_id <> '*', kpi, group_id) as series, dense_rank() over (order by kpi, pool_name) as pool
        from (
          select kpi, group_id, kpis.good, kpis.unit, kpis.variant_of, kpis.min_denominator, of_people,
            (select as_of from report.about) - to_days(7 + kpis.settle_days) as settled_until, has_no_error and (group_id = '*' or variant_of is null) as by_past,
            case when group_id = '*' then '*' when by_past then 'group ' || group_id else 'kind ' || coalesce(groups.kind, '') end as pool_name
          from (select kpi, group_id, count(se) = 0 as has_no_error from report.comparisons group by all)
            inner join report.kpis using (kpi)
            left join (select kpi as variant_of, count(changed) > 0 as of_people from report.comparisons group by kpi) as base using (variant_of)
            left join marts.groups as groups using (group_id)
        )
      ),
      changes as (
        select series.series, series.pool, is_own, by_past, c.week, c.delta, c.se, c.is_complete, coalesce(c.week > settled_until, false) as is_unsettled, unjudged.kpi is not null as is_unjudged, gaps.kpi is not null as is_gap,
          c.delta is not null and (by_past or c.se is not null) and not is_unsettled and not is_gap as is_known,
          coalesce(least(c.denominator, c.previous_denominator) < min_denominator, is_ratio) or is_ratio and coalesce(coalesce(c.changed, if(of_people, c.numerator + c.previous_numerator, null)) < ${MIN_CHANGED}, false) as is_small
        from report.comparisons as c inner join series using (kpi, group_id)
          left join report.unjudged_kpis as unjudged on unjudged.kpi = series.kpi and unjudged.group_id = series.group_id
          left join report.gap_weeks as gaps on gaps.kpi = series.kpi and gaps.group_id = series.group_id and gaps.week = c.week
      ),
      special as (select distinct unnest([week, week + 7])::date as week, true as is_special from marts.week_marks),
      pools as (
        select pool, week, sum(delta * delta - coalesce(se * se, 0)) filter (is_complete and is_known and not is_small) as excess,
          count(*) filter (is_complete and is_known and not is_small) as pairs, bool_or(coalesce(is_special, false)) as is_special
        from changes left join special using (week) group by pool, week
      ),
      ordinary as (
        select *, sum(excess) over before as all_excess, sum(pairs) over before as all_pairs,
          sum(excess) filter (not is_special) over before as own_excess, sum(pairs) filter (not is_special) over before as own_pairs,
          count(*) filter (not is_special and pairs > 0) over before as weeks
        from pools
        window before as (partition by pool order by week rows between ${PAST_WEEKS} preceding and 1 preceding)
      ),
      taus as (
        select pool, week, greatest(coalesce(if(weeks >= ${MIN_PAIRS}, own_excess / own_pairs, all_excess / nullif(all_pairs, 0)), 0), 0) as tau2,
          if(weeks >= ${MIN_PAIRS}, own_pairs, all_pairs) as df
        from ordinary
      ),
      earlier as (
        select series, count(*) filter (is_complete and is_known) as pairs from changes where week < ${from} group by series
      ),
      counted as (
        select changes.*, coalesce(earlier.pairs, 0) + count(*) filter (is_complete and is_known) over (
            partition by changes.series order by week rows between unbounded preceding and 1 preceding
          ) as pairs
        from changes left join earlier on earlier.series = changes.series
        where week >= ${from}
      ),
      scaled as (
        select counted.*, coalesce(taus.tau2, 0) as tau2, taus.df, sqrt(coalesce(se * se, 0) + coalesce(taus.tau2, 0)) as spread,
          case
            when delta is null then 'no_data'
            when not is_complete then 'incomplete'
            when is_unjudged then 'roster'
            when is_gap then 'gap'
            when is_unsettled then 'unsettled'
            when not is_known then 'no_data'
            when is_small then 'sample'
            when pairs < ${MIN_PAIRS} or (by_past and coalesce(taus.tau2, 0) = 0) then 'baseline'
          end as reason
        from counted left join taus using (pool, week)
      ),
      scored as (
        select *,
          case
            when by_past then sign(delta) * (8 * df + 1) / (8 * df + 3) * sqrt(df * ln(1 + delta * delta / (tau2 * df)))
            when spread > 0 then delta / spread
            when delta = 0 then 0
            else 40 * sign(delta)
          end as z
        from scaled where reason is null
      ),
      tested as (select *, ${twoSidedPSql("z")} as p from scored),
      ranked as (
        select *, count(*) over (partition by week) as looks, row_number() over (partition by week order by p) as place
        from tested where is_own
      ),
      -- The least of p·looks/place from each place on.
      family as (
        select *, least(1, min(p * looks / place) over (partition by week order by place desc rows unbounded preceding)) as q from ranked
      ),
      judged as (
        select series, week, delta, se, tau2, spread, pairs, reason, p, q from family
        union all
        select other.series, other.week, other.delta, other.se, other.tau2, other.spread, other.pairs, other.reason, other.p,
          least(coalesce(family.q, other.p), coalesce(other.p * family.looks, 1))
        from (select * from tested where not is_own) as other asof left join family on other.week = family.week and other.p <= family.p
        union all
        select series, week, delta, se, tau2, spread, pairs, reason, null, null from scaled where reason is not null
      ),
      -- Sorted while all of it is numbers: names are put beside them after.
      sorted as (select * from judged order by series > (select count(*) from series where group_id = '*'), week, series),
      named as (
        select *, case when reason is not null or delta = 0 then null when q <= 0.05 then 'clear' when p <= 0.1 then 'possible' end as strength from sorted
      )
    select series.kpi, series.group_id, week, delta, se, sqrt(tau2) as tau, p, q,
      case
        when reason is not null then 'insufficient'
        when strength is null then 'noise'
        when (delta > 0) = (coalesce(series.good, 'up') = 'up') then 'better'
        else 'worse'
      end as verdict,
      strength, reason,
      if(${BLIND}, null, delta - ${Z95} * nullif(se, 0)) as lo,
      if(${BLIND}, null, delta + ${Z95} * nullif(se, 0)) as hi,
      if(${BLIND}, null, 2.8 * nullif(spread, 0)) as min_detectable,
      pairs
    from named inner join series using (series)`;
}
