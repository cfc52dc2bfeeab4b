/*
title: Stays
description: >-
  First stays of members in groups whose sources can show who left, as far as they lie in the weeks up to the one given:
  how many were watched from one day since joining to another, by the way they came, and whether they left then. Who
  joined before the watching began comes in at that day (delayed entry). Unknown and implied joins are left out.
params:
  group_id: {type: text, default: "*"}
  week: {type: date, default: null}
  weeks: {type: number, default: 26}
people: [stays]
needs: {leavers: [stays]}
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
    )
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
    has_left,
    count(*) as stays
from
    watched
where
    to_at > from_at
group by all
having
    exit > entry
order by all
