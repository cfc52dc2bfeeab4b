/*
title: Stays
description: >-
  First stays of members in groups whose sources can show who left, as far as they lie in the weeks up to the one given,
  by the way they came and the day since joining: after how many days of a stay how many begin to be watched (entered;
  later than 0 for who joined before the watching began: delayed entry), and on which day how many are seen for the last
  time (ended), because they left then (leavers) or because the weeks end. Unknown and implied joins are left out.
params:
  group_id: {type: text, default: "*"}
  week: {type: date, default: null}
  weeks: {type: number, default: 26}
people: [entered, ended, leavers]
needs: {leavers: [entered, ended, leavers]}
*/
with
    span as (
        select
            utc_of_start.starts_at,
            utc_of_end.ends_at
        from
            (
                select
                    min(starts_at) as starts_at
                from
                    report.weeks
                where
                    week > $week::date - 7 * $weeks::integer
            ) as utc_of_start
            cross join (
                select
                    max(least(weeks.ends_at, about.as_of)) as ends_at
                from
                    report.weeks
                    cross join report.about as about
                where
                    week = $week::date
            ) as utc_of_end
    ),
    watched as (
        select
            coalesce(stays.join_source, '') as source,
            stays.joined_at,
            greatest(
                span.starts_at,
                coalesce(groups.leavers_from, span.starts_at)
            ) as from_at,
            least(stays.left_at, span.ends_at) as to_at,
            coalesce(stays.left_at < span.ends_at, false) as has_left
        from
            marts.memberships as stays
            inner join marts.groups as groups using (group_id)
            cross join span
        where
            groups.has_leavers
            and stays.is_member
            and stays.nth = 1
            and stays.joined_at is not null
            and stays.join_evidence not in ('implied', 'unknown')
            and stays.joined_at < span.ends_at
            and $group_id in ('*', stays.group_id)
    ),
    seen as (
        select
            source,
            greatest(
                0,
                ceil(date_diff('second', joined_at, from_at) / 86400)
            )::integer as entry,
            if (
                has_left,
                greatest(
                    1,
                    ceil(date_diff('second', joined_at, to_at) / 86400)
                ),
                floor(date_diff('second', joined_at, to_at) / 86400)
            )::integer as exit,
            has_left
        from
            watched
        where
            to_at > from_at
    ),
    ends as (
        select
            source,
            unnest([entry, exit]) as day,
            unnest([1, 0]) as entered,
            unnest([0, 1]) as ended,
            unnest([0, has_left::integer]) as leavers
        from
            seen
        where
            exit > entry
    )
select
    source,
    day,
    sum(entered)::bigint as entered,
    sum(ended)::bigint as ended,
    sum(leavers)::bigint as leavers
from
    ends
group by
    source,
    day
order by
    source,
    day
