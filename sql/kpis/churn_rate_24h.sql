/*
title: {zh: 退群率（24 小时内回来不算）, en: "Churn rate, back within 24 hours left out"}
description:
  zh: 和退群率相同，但退群后 24 小时内又回来的人不算流失，哪怕中间跨了周一零点。看不到退群的群不算。
  en: The churn rate, but whoever came back within 24 hours of leaving is no churn, even over Monday 00:00. Groups where leaving can not be seen are left out.
unit: ratio
good: down
minDenominator: 30
of: {zh: 人, en: people}
needs: [leavers, members]
variantOf: churn_rate
*/
with
    stays as (
        select
            unnest([group_id, '*']) as group_id,
            person_id,
            joined_at
        from
            marts.memberships
        where
            is_member
    ),
    -- Of somebody who is gone at the week's end it is the last leave that may be taken back.
    leaves as (
        select
            group_id,
            person_id,
            week,
            max(left_at) as left_at
        from
            (
                select
                    unnest([group_id, '*']) as group_id,
                    person_id,
                    week,
                    left_at
                from
                    marts.churn_events
            )
        group by
            group_id,
            person_id,
            week
    ),
    returned as (
        select distinct
            leaves.group_id,
            leaves.person_id,
            leaves.week
        from
            leaves
            inner join stays on stays.group_id = leaves.group_id
            and stays.person_id = leaves.person_id
            and stays.joined_at > leaves.left_at
            and stays.joined_at <= leaves.left_at + interval 24 hour
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
