/*
title: Cohorts by week
description: >-
  Persons over all groups by the week of their first join, and by the week of their first purchase, with how many are
  still there, active and buying k weeks later. The size is always the whole cohort; a week that as_of has not seen to
  its end has no row. Implied joins are left out: they spoke by construction.
grain: [basis, cohort, k]
columns:
  basis: join or first_order.
  cohort: First day of the local week of the first join or purchase.
  k: Whole weeks since; 0 is the cohort's own week.
  size: Persons in the cohort.
  heard: Of these, who ever were in a group with a chat log.
  stayed: Member of any group at the end of week k.
  active: Of the heard, spoke or bought in week k.
  bought: Bought in week k.
  bought_again: Of a first-purchase cohort, second purchase day by the end of week k.
checks:
  - greatest(stayed, heard, bought, bought_again) <= size
  - active <= heard
*/
with
    hearing as (
        select distinct
            memberships.person_id
        from
            marts.memberships
            semi join (
                select
                    group_id
                from
                    marts.groups
                where
                    has_messages
            ) as logged using (group_id)
    ),
    joiners as (
        select
            person_id,
            week_of (
                local_time (min(coalesce(joined_at, since_before ())))
            ) as cohort
        from
            marts.memberships
        where
            is_member
        group by
            person_id
        having
            min_by(
                join_evidence,
                (
                    coalesce(joined_at, since_before ()),
                    join_evidence
                )
            ) not in ('implied', 'unknown')
    ),
    buyers as (
        select
            days.person_id,
            min(days.week) as cohort,
            min(days.week) filter(days.nth = 2) as again_week
        from
            intermediate.int_purchase_days as days
            semi join intermediate.int_members as members using (person_id)
        group by
            days.person_id
    ),
    cohorts as (
        select
            everyone.*,
            hearing.person_id is not null as is_heard
        from
            (
                select
                    'join' as basis,
                    person_id,
                    cohort
                from
                    joiners
                union all
                select
                    'first_order',
                    person_id,
                    cohort
                from
                    buyers
            ) as everyone
            left join hearing using (person_id)
    ),
    sizes as (
        select
            cohorts.basis,
            cohorts.cohort,
            count(*) as size,
            count(*) filter(cohorts.is_heard) as heard
        from
            cohorts
            semi join intermediate.int_weeks as weeks on weeks.week = cohorts.cohort
        group by
            cohorts.basis,
            cohorts.cohort
    ),
    spine as (
        select
            sizes.basis,
            sizes.cohort,
            sizes.size,
            sizes.heard,
            weeks.week
        from
            sizes
            inner join intermediate.int_weeks as weeks on weeks.week >= sizes.cohort
            and weeks.is_complete
    ),
    done as (
        select
            cohorts.basis,
            cohorts.cohort,
            presence.week,
            count(*) filter(presence.is_member_end) as stayed,
            count(*) filter(
                cohorts.is_heard
                and (
                    presence.spoke
                    or presence.bought
                )
            ) as active,
            count(*) filter(presence.bought) as bought
        from
            marts.presence
            inner join cohorts using (person_id)
        where
            presence.in_total
            and presence.week >= cohorts.cohort
        group by
            cohorts.basis,
            cohorts.cohort,
            presence.week
    ),
    again as (
        select
            'first_order' as basis,
            cohort,
            again_week as week,
            count(*) as persons
        from
            buyers
        where
            again_week is not null
        group by
            cohort,
            again_week
    )
select
    spine.basis,
    spine.cohort,
    ((spine.week - spine.cohort) // 7)::integer as k,
    spine.size,
    spine.heard,
    coalesce(done.stayed, 0) as stayed,
    coalesce(done.active, 0) as active,
    coalesce(done.bought, 0) as bought,
    coalesce(
        sum(again.persons) over (
            partition by
                spine.basis,
                spine.cohort
            order by
                spine.week rows unbounded preceding
        ),
        0
    )::bigint as bought_again
from
    spine
    left join done using (basis, cohort, week)
    left join again using (basis, cohort, week)
