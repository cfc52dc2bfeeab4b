/*
title: Hours of the talk for the rules
description: >-
  Per group and week, over four weeks, the four hours in which members talk most and how many posts of the staff (to the group, no answers) fall outside them.
grain: [group_id, week]
*/
with
    hours as (
        select
            messages.group_id,
            messages.week,
            hour(messages.local_at) as hour,
            count(*) filter(messages.role = 'member') as said,
            count(posts.message_key) as posted
        from
            marts.messages
            left join intermediate.int_staff_posts as posts on posts.message_key = messages.message_key
            and posts.group_id = messages.group_id
        where
            messages.is_counted
            and messages.week >= (
                select
                    min(week)
                from
                    intermediate.int_rule_weeks
            )
        group by
            messages.group_id,
            messages.week,
            hour(messages.local_at)
    ),
    spans as (
        select
            weeks.group_id,
            weeks.week,
            hours.hour,
            sum(hours.said) as said,
            sum(hours.posted) as posted
        from
            intermediate.int_rule_weeks as weeks
            inner join hours on hours.group_id = weeks.group_id
            and hours.week between weeks.week - 21 and weeks.week
        group by
            weeks.group_id,
            weeks.week,
            hours.hour
    ),
    ranked as (
        select
            *,
            row_number() over (
                partition by
                    group_id,
                    week
                order by
                    said desc,
                    hour
            ) as place
        from
            spans
    )
select
    group_id,
    week,
    sum(said)::bigint as member_messages_4w,
    sum(posted)::bigint as staff_posts_4w,
    coalesce(sum(posted) filter(place > 4), 0)::bigint as off_peak_posts_4w,
    string_agg(
        hour || '点',
        '、'
        order by
            hour
    ) filter(place <= 4) as peak_hours
from
    ranked
group by
    group_id,
    week
