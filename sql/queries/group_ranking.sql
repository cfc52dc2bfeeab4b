/*
title: Groups ranked, small ones shrunk
description: >-
  Groups by a rate of one week, each drawn towards that of all groups of its kind as far as its size leaves it open: a
  group of five is not the best because four of them spoke. Beta-binomial by moments (statistics.md 2.4): with the mean
  rate p of the kind and the strength m (members that the mean counts for), shrunk_rate = (y + p·m) / (n + m); low_rate
  and high_rate hold 90 % of what the group's own rate may be. Place 1 is the best: the lowest where a low rate is good.
  Only within a kind of three groups at least; no KPI = every rate; of_group = that group's own lines alone.
params:
  kpi: {type: text, default: null}
  week: {type: date, default: null}
  of_group: {type: text, default: null}
  most: {type: number, default: 2000}
people: []
*/
with
    groups_of as (
        select
            weekly.kpi,
            weekly.group_id,
            groups.name,
            groups.kind,
            groups.kind_zh,
            groups.kind_en,
            weekly.numerator as y,
            weekly.denominator as n,
            if (kpis.good = 'down', -1, 1) as sign
        from
            report.kpi_weekly as weekly
            inner join report.kpis as kpis using (kpi)
            inner join marts.groups as groups using (group_id)
        where
            weekly.week = $week::date
            and (
                $kpi::varchar is null
                or weekly.kpi = $kpi
            )
            and weekly.segment = '*'
            and kpis.unit = 'ratio'
            and weekly.denominator > 0
    ),
    sums as (
        select
            kpi,
            kind,
            sum(y) / sum(n)::double as p,
            count(*) as k,
            sum(n) as n,
            sum(n * n)::double as n2
        from
            groups_of
        group by
            kpi,
            kind
        having
            count(*) >= 3
    ),
    pooled as (
        select
            groups_of.*,
            sums.p,
            sums.k,
            sums.n as pool_n,
            sums.n2,
            sum(
                groups_of.n * pow(groups_of.y / groups_of.n::double - sums.p, 2)
            ) over (
                partition by
                    groups_of.kpi,
                    groups_of.kind
            ) as s
        from
            groups_of
            inner join sums on sums.kpi = groups_of.kpi
            and sums.kind is not distinct from groups_of.kind
    ),
    shrunk as (
        select
            *,
            1 / least(
                0.99,
                greatest(
                    1e-4,
                    coalesce(
                        (s - p * (1 - p) * (k - 1)) / nullif(p * (1 - p) * (pool_n - n2 / pool_n - (k - 1)), 0),
                        0
                    )
                )
            ) - 1 as m,
            (y + p * m) / (n + m) as rate
        from
            pooled
    ),
    ranked as (
        select
            *,
            rank() over (
                partition by
                    kpi,
                    kind
                order by
                    sign * rate desc
            ) as place,
            rank() over (
                partition by
                    kpi,
                    kind
                order by
                    sign * y / n::double desc
            ) as raw_place
        from
            shrunk
    ),
    asked as (
        select
            *
        from
            ranked
        where
            $of_group::varchar is null
            or group_id = $of_group
        order by
            kpi,
            kind,
            place,
            group_id
        limit
            $most::bigint
    )
select
    kpi,
    group_id,
    name,
    kind,
    kind_zh,
    kind_en,
    y as numerator,
    n as denominator,
    y / n::double as value,
    rate as shrunk_rate,
    -- Groups that are all at 0 or at 100 % leave no prior to draw an interval from.
    if (
        p in (0, 1),
        null,
        beta_quantile (0.05, y + p * m, n - y + (1 - p) * m)
    ) as low_rate,
    if (
        p in (0, 1),
        null,
        beta_quantile (0.95, y + p * m, n - y + (1 - p) * m)
    ) as high_rate,
    place,
    raw_place,
    k as ranked_groups,
    p as mean_value,
    m as mean_weight
from
    asked
order by
    kpi,
    kind,
    place,
    group_id
