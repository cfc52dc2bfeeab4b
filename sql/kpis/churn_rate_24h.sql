/*
title: {zh: 退群率（24 小时内回来不算）, en: "Churn rate, back within 24 hours left out"}
description:
  zh: 和退群率相同，但退群后 24 小时内又回来的人不算流失，哪怕中间跨了周一零点。看不到退群的群不算。
  en: The churn rate, but whoever came back within 24 hours of leaving is no churn, even over Monday 00:00. Groups where leaving can not be seen are left out.
unit: ratio
good: down
minDenominator: 30
needs: [leavers, members]
variantOf: churn_rate
*/
with
    scopes as (
        select
            unnest([group_id, '*']) as group_id,
            person_id,
            joined_at,
            left_at
        from
            marts.memberships
        where
            is_member
    ),
    returned as (
        select distinct
            earlier.group_id,
            earlier.person_id,
            week_of (local_time (earlier.left_at)) as week
        from
            scopes as earlier
            inner join scopes as later on later.group_id = earlier.group_id
            and later.person_id = earlier.person_id
            and later.joined_at > earlier.left_at
            and later.joined_at <= earlier.left_at + interval 24 hour
        where
            week_of (local_time (later.joined_at)) > week_of (local_time (earlier.left_at))
    ),
    back as (
        select
            returned.group_id,
            returned.week,
            count(*) as persons
        from
            returned
            inner join marts.participation as present using (group_id, person_id, week)
        where
            present.churned
        group by
            returned.group_id,
            returned.week
    )
select
    totals.group_id,
    totals.week,
    totals.segment,
    totals.churned - coalesce(back.persons, 0) as numerator,
    totals.members_watched as denominator
from
    marts.segment_totals as totals
    left join back using (group_id, week)
where
    totals.segment = '*'
