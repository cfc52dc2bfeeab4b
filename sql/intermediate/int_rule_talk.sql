/*
title: How the talk is spread, for the rules
description: >-
  Per group and week how many messages the members wrote and how unevenly; the Gini is over those who spoke.
grain: [group_id, week]
*/
with
    ranked as (
        select
            members.group_id,
            members.week,
            members.messages,
            row_number() over (
                partition by
                    members.group_id,
                    members.week
                order by
                    members.messages
            ) as place,
            count(*) over (
                partition by
                    members.group_id,
                    members.week
            ) as speakers
        from
            marts.member_weeks as members
            semi join intermediate.int_rule_weeks as weeks on weeks.group_id = members.group_id
            and weeks.week = members.week
        where
            members.messages > 0
    )
select
    group_id,
    week,
    sum(messages)::bigint as member_messages,
    max(messages) as top1_messages,
    coalesce(sum(messages) filter(place > speakers - 3), 0)::bigint as top3_messages,
    if (
        count(*) < 2,
        null,
        2 * sum(place * messages) / (count(*) * sum(messages)) - (count(*) + 1) / count(*)
    ) as talk_gini
from
    ranked
group by
    group_id,
    week
