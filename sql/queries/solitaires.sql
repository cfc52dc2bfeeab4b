/*
title: Solitaires (接龙) of the week
description: >-
  Each list once: how many lines stand in its last version, who added them, how much they want, what was withdrawn, and
  how many of those people bought in the group within three days. Lines are wishes, never orders.
params:
  group_id: {type: text, default: "*"}
  week: {type: date, default: null}
people: [people, people_bought]
needs: {orders: [people_bought], buyers: [people_bought]}
*/
with
    entries as (
        select
            entries.*,
            exists (
                select
                    1
                from
                    marts.orders as orders
                where
                    orders.person_id = entries.person_id
                    and orders.paid_at between entries.started_at and entries.added_at + interval 3 day
                    and orders.net_amount > 0
            ) as has_bought
        from
            marts.solitaire_entries as entries
        where
            entries.week = $week::date
            and (
                $group_id = '*'
                or entries.group_id = $group_id
            )
    )
select
    groups.name,
    any_value(entries.title) as title,
    min(entries.started_at) as started_at,
    count(*) filter(not entries.is_withdrawn) as entries,
    count(distinct entries.person_id) filter(not entries.is_withdrawn) as people,
    coalesce(
        sum(entries.quantity) filter(not entries.is_withdrawn),
        0
    )::bigint as quantity,
    count(*) filter(entries.is_withdrawn) as withdrawn,
    count(distinct entries.person_id) filter(
        entries.has_bought
        and not entries.is_withdrawn
    ) as people_bought
from
    entries
    inner join marts.groups as groups using (group_id)
group by
    entries.chain_key,
    groups.name
order by
    entries desc,
    groups.name,
    started_at
