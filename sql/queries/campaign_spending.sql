/*
title: Spending before and in a campaign
description: >-
  Of the given people, how many paid so much (net, in the workspace's currency) between two days, both included, and so much in as many days before.
params:
  people: {type: text, default: ""}
  from: {type: date, default: null}
  to: {type: date, default: null}
people: [persons]
needs: {orders: [before, after]}
*/
with
    people as (
        select
            unnest(string_split($people, ',')) as person_id
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
where
    people.person_id <> ''
group by all
order by all
