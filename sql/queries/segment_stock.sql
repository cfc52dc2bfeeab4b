/*
title: Segment stock
description: Members at the week's end by lifecycle segment, for one group or for all groups; what cannot be seen without orders or chat logs is null, not 0.
params:
  group_id: {type: text, default: "*"}
  week: {type: date, default: null}
people: [persons, previous]
sums: {of: [persons, previous]}
*/
with
    unknown as (
        select
            source
        from
            marts.sources
        where
            group_id = $group_id
            and not is_known
    ),
    -- Nobody can be seen to buy again without orders of known buyers, to talk without chat logs, or to be silent without either.
    unseen as (
        select distinct
            segment
        from
            (
                values
                    ('repeat', ['orders']),
                    ('repeat', ['buyers']),
                    ('active', ['orders', 'messages']),
                    ('active', ['buyers', 'messages']),
                    ('quiet', ['orders', 'messages']),
                    ('quiet', ['buyers', 'messages']),
                    ('dormant', ['orders', 'messages']),
                    ('dormant', ['buyers', 'messages'])
            ) as needs (segment, sources)
        where
            (
                select
                    count(*)
                from
                    unknown
                where
                    list_contains(needs.sources, unknown.source)
            ) = len(sources)
    )
select
    segment,
    coalesce(sum(members_end) filter(week = $week::date), 0)::bigint as persons,
    coalesce(
        sum(members_end) filter(week = $week::date - 7),
        0
    )::bigint as previous
from
    marts.segment_weeks
where
    group_id = $group_id
    and week in ($week::date, $week::date - 7)
    and segment <> 'left'
    and members_end > 0
    and segment not in (
        select
            segment
        from
            unseen
    )
group by
    segment
union all
select
    segment,
    null,
    null
from
    unseen
