/*
title: Outcome of a campaign
description: >-
  Of the given people, how many came back (spoke, bought) between two days, both included, and what they paid in the
  workspace's currency. Asked
  once for those who were written to and once for those left alone. An id that has turned out to be another's counts as that
  person, once; whoever is then among the others as well was both written to and left alone, and is in neither. Of a group, those
  who were ever in it.
params:
  people: {type: text, default: ""}
  others: {type: text, default: ""}
  group_id: {type: text, default: "*"}
  from: {type: date, default: null}
  to: {type: date, default: null}
people: [people, returned, spoke, bought]
needs: {messages: [spoke], orders: [bought, value], buyers: [bought, value]}
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
    spoke as (
        select distinct
            person_id
        from
            marts.messages
        where
            is_counted
            and local_at >= $from::date
            and local_at < $to::date + 1
    ),
    bought as (
        select
            person_id,
            sum(if (currency = own_currency, net_amount, 0)) as value
        from
            marts.orders
            cross join (
                select
                    currency as own_currency
                from
                    report.about
            )
        where
            is_valid
            and paid_day between $from::date and $to::date
        group by
            person_id
    )
select
    count(*) as people,
    count(*) filter(
        spoke.person_id is not null
        or bought.person_id is not null
    ) as returned,
    count(spoke.person_id) as spoke,
    count(bought.person_id) as bought,
    coalesce(sum(bought.value), 0)::double as value
from
    people
    left join spoke using (person_id)
    left join bought using (person_id)
