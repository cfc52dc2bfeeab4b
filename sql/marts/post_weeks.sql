/*
title: Posts of staff by group and week
description: Posts of staff (no replies) that have been out for 60 minutes at as_of, and those without a response in them.
grain: [group_id, week]
columns:
  group_id: The group.
  week: First day of the week (local).
  posts: Posts of staff.
  silent: Of these, without a message of a member in the next 60 minutes.
*/
select
    posts.group_id,
    posts.week,
    count(*) as posts,
    count(*) filter(
        not coalesce(
            posts.response_at <= posts.sent_at + interval 60 minute,
            false
        )
    ) as silent
from
    intermediate.int_staff_posts as posts
    cross join config.settings
where
    posts.sent_at + interval 60 minute <= settings.as_of
group by
    posts.group_id,
    posts.week
