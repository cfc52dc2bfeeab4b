/*
title: Posts of staff and the first response
description: >-
  Messages of staff that answer nobody (no quotation, nobody called by name; a call to everyone is none), with the next message of a member in the group. A member's message is looked
  up against the posts, which are few, and a post without one of its own takes the next post's.
grain: [message_key, group_id]
*/
with
    posts as (
        select
            messages.message_key,
            messages.group_id,
            messages.sent_at,
            messages.week
        from
            marts.messages
            left join intermediate.int_staff_messages as staff on staff.message_key = messages.message_key
            and staff.group_id = messages.group_id
        where
            messages.is_staff
            and messages.is_counted
            and messages.reply_to is null
            and not coalesce(staff.is_directed, false)
    ),
    said as (
        select
            group_id,
            sent_at
        from
            marts.messages
        where
            is_counted
            and role = 'member'
    ),
    moments as (
        select distinct
            group_id,
            sent_at
        from
            posts
    ),
    answered as (
        select
            moments.group_id,
            moments.sent_at,
            min(said.sent_at) as first_at
        from
            said
            asof inner join moments on moments.group_id = said.group_id
            and moments.sent_at < said.sent_at
        group by
            moments.group_id,
            moments.sent_at
    ),
    followed as (
        select
            moments.group_id,
            moments.sent_at,
            min(answered.first_at) over (
                partition by
                    moments.group_id
                order by
                    moments.sent_at rows between current row
                    and unbounded following
            ) as response_at
        from
            moments
            left join answered using (group_id, sent_at)
    )
select
    posts.message_key,
    posts.group_id,
    posts.week,
    posts.sent_at,
    followed.response_at
from
    posts
    inner join followed using (group_id, sent_at)
