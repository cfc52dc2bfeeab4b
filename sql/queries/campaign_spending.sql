/*
title: Spending before and in a campaign
description: >-
  Of the given people, how many paid so much (net, in the workspace's currency) between two days, both included, and so much in as many days before. Who counts as in campaign_outcome.
params:
  people: {type: text, default: ""}
  others: {type: text, default: ""}
  group_id: {type: text, default: "*"}
  from: {type: date, default: null}
  to: {type: date, default: null}
people: [persons]
needs: {orders: [before, after], buyers: [before, after]}
*/
with
    given as (
        select
            unnest(string_split($people, ',')) as person_key,
            true as is_own
        union all
        select
            unnest(string_split($others, ',')),
            false
    ),
    -- Apart from the group's people: a subquery in the having of this grouping has it keep whoever is on both sides.
    sides as (
        select
            coalesce(keys.person_id, given.person_key) as person_id,
            bool_and(is_own) as is_alone
        from
            given
            left join marts.identity as keys using (person_key)
        where
            given.person_key <> ''
        group by
            coalesce(keys.person_id, given.person_key)
    ),
    people as (
        select
            person_id
        from
            sides
        where
            is_alone
            and (
                $group_id = '*'
                or person_id in (
                    select
                        person_id
                    from
                        marts.memberships
                    where
                        group_id = $group_id
                )
            )
    ),
    paid as (
        select
            person_id,
            coalesce(sum(net_amount) filter(paid_day < $from::date), 0)::double as before,
            coalesce(
                sum(net_amount) filter(paid_day >= $from::date),
                0
            )::double as after
        from
            marts.orders
            semi join report.about using (currency)
        where
            is_valid
            and paid_day between $from::date - ($to::date - $from::date + 1)::integer and $to::date
        group by
            person_id
    )
select
    coalesce(paid.before, 0) as before,
    coalesce(paid.after, 0) as after,
    count(*) as persons
from
    people
    left join paid using (person_id)
group by all
order by all
