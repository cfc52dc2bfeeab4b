/*
title: Posts of the staff for the rules
description: >-
  Per group and week what the staff posted: a post is a message to the group, of any kind, neither an answer nor to one person.
grain: [group_id, week]
*/
with
    posts as (
        select
            messages.group_id,
            messages.week,
            messages.person_id,
            messages.sent_at,
            messages.local_at::date as day,
            messages.kind,
            messages.is_ad,
            messages.is_greeting
            and not messages.is_welcome as is_greeting,
            messages.is_topic,
            messages.is_benefit,
            staff.text,
            coalesce(list_contains(messages.mentions, '*'), false) as is_at_all,
            -- A picture has no text, and is a post all the same.
            staff.message_key is not null
            and not coalesce(staff.is_directed, false) as is_post
        from
            marts.messages
            left join intermediate.int_staff_messages as staff on staff.message_key = messages.message_key
            and staff.group_id = messages.group_id
        where
            messages.is_staff
            and messages.is_counted
            and not messages.is_recalled
            and messages.week >= (
                select
                    min(week)
                from
                    intermediate.int_rule_weeks
            )
    ),
    described as (
        select
            *,
            script_text (text) as script,
            -- A link may have a question mark in it.
            regexp_replace(
                text,
                'https?://[A-Za-z0-9._~:/?#@!$&()*+,;=%-]*[A-Za-z0-9/=&#_-]',
                '',
                'g'
            ) as words,
            is_post
            and regexp_matches(words, '[?？]|[吗呢嘛]\s*$') as is_asking,
            regexp_matches(
                words,
                '(吗|嘛|没有?)[?？。!！~～\s]*$|(是不是|有没有|要不要|好不好|对不对|行不行|可不可以|能不能|会不会)'
            ) as is_closed,
            is_benefit
            and regexp_matches(text, '新人|新朋友|见面礼|入群礼|新客') as is_gift,
            -- What one newcomer is told is no introduction for all.
            is_post
            and regexp_matches(text, '一次讲完|系统介绍|整体介绍|我们是做什么的') as is_intro
        from
            posts
    ),
    counted as (
        select
            group_id,
            week,
            count(*) as staff_messages,
            count(*) filter(is_post) as staff_posts,
            count(*) filter(
                is_post
                and is_ad
            ) as staff_ads,
            count(*) filter(
                is_post
                and is_greeting
            ) as staff_greetings,
            count(*) filter(
                is_post
                and is_topic
            ) as topic_posts,
            count(*) filter(is_asking) as staff_questions,
            count(*) filter(
                is_asking
                and is_closed
            ) as closed_questions,
            count(*) filter(is_gift) as gift_posts,
            count(*) filter(is_at_all) as at_all,
            count(*) filter(is_intro) as intro_posts,
            count(distinct kind) filter(is_post) as post_kinds
        from
            described
        group by
            group_id,
            week
    ),
    kinds as (
        select
            group_id,
            week,
            max(posts) as top_kind_posts
        from
            (
                select
                    group_id,
                    week,
                    kind,
                    count(*) as posts
                from
                    described
                where
                    is_post
                group by
                    group_id,
                    week,
                    kind
            )
        group by
            group_id,
            week
    ),
    repeats as (
        -- The text without numbers: a new price or date does not make a new post.
        select
            group_id,
            week,
            sum(posts - 1)::bigint as duplicate_posts
        from
            (
                select
                    group_id,
                    week,
                    regexp_replace(script, '[0-9]', '', 'g') as body,
                    count(*) as posts
                from
                    described
                where
                    is_post
                    and length(script) >= 10
                group by all
            )
        group by
            group_id,
            week
    ),
    gaps as (
        select
            group_id,
            week,
            min(gap) filter(what = 'at_all') as at_all_gap_seconds,
            min(gap) filter(what = 'intro') as intro_gap_seconds
        from
            (
                select
                    group_id,
                    week,
                    what,
                    epoch(
                        sent_at - lag (sent_at) over (
                            partition by
                                group_id,
                                what
                            order by
                                sent_at
                        )
                    ) as gap
                from
                    (
                        select
                            group_id,
                            week,
                            sent_at,
                            'at_all' as what
                        from
                            described
                        where
                            is_at_all
                        union all
                        select
                            group_id,
                            week,
                            sent_at,
                            'intro'
                        from
                            described
                        where
                            is_intro
                    )
            )
        group by
            group_id,
            week
    )
select
    counted.*,
    coalesce(kinds.top_kind_posts, 0) as top_kind_posts,
    coalesce(repeats.duplicate_posts, 0) as duplicate_posts,
    gaps.at_all_gap_seconds,
    gaps.intro_gap_seconds
from
    counted
    left join kinds using (group_id, week)
    left join repeats using (group_id, week)
    left join gaps using (group_id, week)
