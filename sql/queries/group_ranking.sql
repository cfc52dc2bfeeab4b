/*
title: Groups ranked, small ones shrunk
description: >-
  Groups by a KPI of one week, the rate of each drawn towards that of all as far as its size leaves it open: a group of
  five is not the best because four of them spoke. Beta-binomial by moments (statistics.md 2.4): with the mean rate p of
  all groups and the strength m (members that the mean counts for), shrunk = (y + p·m) / (n + m). Only rates; three
  groups at least.
params:
  kpi: {type: text, default: activity_rate}
  week: {type: date, default: null}
people: []
*/
with
    groups_of as (
        select
            group_id,
            numerator as y,
            denominator as n
        from
            report.kpi_weekly
            inner join report.kpis using (kpi)
        where
            kpi = $kpi
            and week = $week::date
            and group_id <> '*'
            and segment = '*'
            and unit = 'ratio'
            and denominator > 0
    ),
    sums as (
        select
            sum(y) / sum(n)::double as p,
            count(*) as k,
            sum(n) as n,
            sum(n * n)::double as n2
        from
            groups_of
    ),
    spread as (
        select
            sums.*,
            sum(
                groups_of.n * pow(groups_of.y / groups_of.n::double - sums.p, 2)
            ) as s
        from
            groups_of
            cross join sums
        group by all
    ),
    strength as (
        select
            p,
            k,
            1 / least(
                0.99,
                greatest(
                    1e-4,
                    coalesce(
                        (s - p * (1 - p) * (k - 1)) / nullif(p * (1 - p) * (n - n2 / n - (k - 1)), 0),
                        0
                    )
                )
            ) - 1 as m
        from
            spread
    )
select
    groups_of.group_id,
    groups_of.y as numerator,
    groups_of.n as denominator,
    groups_of.y / groups_of.n::double as value,
    (groups_of.y + p * m) / (groups_of.n + m) as shrunk,
    rank() over (
        order by
            (groups_of.y + p * m) / (groups_of.n + m) desc
    ) as place,
    rank() over (
        order by
            groups_of.y / groups_of.n::double desc
    ) as raw_place,
    p as mean_value,
    m as mean_weight
from
    groups_of
    cross join strength
where
    k >= 3
order by
    place,
    groups_of.group_id
