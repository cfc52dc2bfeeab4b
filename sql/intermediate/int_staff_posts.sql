/*
title: Posts of staff and the first response
description: >-
  Messages of staff that answer nobody, with the next message of a member in the group. A member's message is looked
  up against the posts, which are few, and a post without one of its own takes the next post's.
grain: [message_key, group_id]
*/
with
    posts as (
        select
            message_key,
            group_id,
            sent_at,
            week
        from
            marts.messages
        where
            is_staff
            and is_counted
            and reply_to is null
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
