/*
title: How the talk is spread, for the rules
description: >-
  Per group and week how many messages the members wrote and how unevenly, the Gini being over those who spoke; and who
  spoke though no list, notice or import of joins ever named them in the group.
grain: [group_id, week]
*/
with
    listed as (
        select distinct
            lists.group_id,
            keys.person_id
        from
            staging.stg_member_lists as lists
            inner join intermediate.int_person_keys as keys using (person_key)
        union
        select distinct
            group_id,
            person_id
        from
            intermediate.int_stated_evidence
    ),
    ranked as (
        select
            members.group_id,
            members.week,
            members.messages,
            listed.person_id is null as is_unknown,
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
            left join listed on listed.group_id = members.group_id
            and listed.person_id = members.person_id
        where
            members.messages > 0
    )
select
    group_id,
    week,
    sum(messages)::bigint as member_messages,
    count(*) filter(is_unknown) as unknown_speakers,
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
