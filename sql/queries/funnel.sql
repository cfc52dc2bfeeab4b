/*
title: From joining to buying again
description: >-
  Members who joined in the weeks up to the one given, of one group or all (each person once, at their first group),
  how many of them spoke (of those whose group has a chat log: heard), bought and bought again so far. Implied joins are
  left out.
params:
  group_id: {type: text, default: "*"}
  week: {type: date, default: null}
  weeks: {type: number, default: 13}
people: [joined, heard, spoke, bought, bought_again]
needs: {messages: [spoke], orders: [bought, bought_again], buyers: [bought, bought_again]}
*/
with
    joined as (
        select
            newcomers.*,
            groups.has_messages
        from
            marts.newcomers
            inner join marts.groups using (group_id)
        where
            join_evidence <> 'implied'
            and week between $week::date - 7 * ($weeks::integer - 1) and $week::date
            and (
                $group_id = '*'
                or group_id = $group_id
            )
        qualify
            row_number() over (
                partition by
                    person_id
                order by
                    joined_at,
                    group_id
            ) = 1
    )
select
    count(*) as joined,
    count(*) filter(has_messages) as heard,
    count(spoke_at) as spoke,
    count(first_order_day) as bought,
    count(second_order_day) as bought_again
from
    joined
