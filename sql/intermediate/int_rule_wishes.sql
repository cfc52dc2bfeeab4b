/*
title: Wishes, objections and help for the rules
description: >-
  Per group and week who wanted to buy and did not within 72 hours, who finds it dear, what buyers said of the goods, and which members often answer the questions of others.
grain: [group_id, week]
*/
with
    texts as (
        select
            messages.group_id,
            messages.week,
            messages.message_key,
            messages.person_id,
            messages.sent_at,
            messages.local_at::date as day,
            messages.is_purchase_intent,
            messages.is_complaint,
            messages.is_question,
            messages.reply_to,
            regexp_matches(
                said.match_text,
                '太贵|好贵|有点贵|贵了|这么贵|便宜点|买不起|不划算|嫌贵'
            ) as is_dear,
            regexp_matches(
                said.match_text,
                '好吃|好用|回购|推荐给|真不错|很满意|收到了.{0,12}(好|棒|赞|不错|新鲜)|晒单'
            ) as is_praise
        from
            marts.messages
            inner join intermediate.int_messages as said on said.message_key = messages.message_key
            and said.group_id = messages.group_id
        where
            messages.role = 'member'
            and messages.is_counted
            and not messages.is_recalled
            and messages.week >= (
                select
                    min(week) - 28
                from
                    intermediate.int_rule_weeks
            )
    ),
    wishes as (
        select
            texts.group_id,
            texts.week,
            texts.person_id,
            bool_or(orders.order_id is not null) as has_bought
        from
            texts
            cross join intermediate.int_orders_until as sold
            left join marts.orders on orders.person_id = texts.person_id
            and orders.is_valid
            and orders.paid_at between texts.sent_at and texts.sent_at + interval 72 hour
        where
            texts.is_purchase_intent
            and texts.sent_at + interval 72 hour <= sold.until_at
        group by
            texts.group_id,
            texts.week,
            texts.person_id
    ),
    wish_weeks as (
        select
            group_id,
            week,
            count(*) as intent_persons,
            count(*) filter(not has_bought) as intent_without_order
        from
            wishes
        group by
            group_id,
            week
    ),
    said as (
        select
            group_id,
            week,
            count(distinct person_id) filter(is_dear) as price_objectors,
            count(distinct person_id) filter(
                is_dear
                or is_complaint
            ) as objectors
        from
            texts
        group by
            group_id,
            week
    ),
    praise as (
        select
            texts.group_id,
            texts.week,
            count(*) as feedback
        from
            texts
            semi join marts.orders on orders.person_id = texts.person_id
            and orders.is_valid
            and orders.paid_at < texts.sent_at
        where
            texts.is_praise
        group by
            texts.group_id,
            texts.week
    ),
    helps as (
        select
            answers.group_id,
            answers.week,
            answers.person_id,
            count(*) as helps
        from
            texts as answers
            inner join texts as questions on questions.message_key = answers.reply_to
            and questions.group_id = answers.group_id
        where
            questions.is_question
            and questions.person_id <> answers.person_id
        group by
            answers.group_id,
            answers.week,
            answers.person_id
    ),
    helped as (
        select
            weeks.group_id,
            weeks.week,
            helps.person_id,
            sum(helps.helps) as helps,
            rank() over (
                partition by
                    weeks.group_id,
                    weeks.week
                order by
                    sum(helps.helps) desc
            ) as place
        from
            intermediate.int_rule_weeks as weeks
            inner join helps on helps.group_id = weeks.group_id
            and helps.week between weeks.week - 21 and weeks.week
        group by
            weeks.group_id,
            weeks.week,
            helps.person_id
    ),
    active_days as (
        select
            helped.group_id,
            helped.week,
            helped.person_id,
            count(distinct texts.day) as days
        from
            helped
            inner join texts on texts.group_id = helped.group_id
            and texts.person_id = helped.person_id
            and texts.week between helped.week - 21 and helped.week
        group by
            helped.group_id,
            helped.week,
            helped.person_id
    ),
    candidates as (
        -- The top twentieth is of the members, most of whom help nobody, and not of those who helped.
        select
            helped.group_id,
            helped.week,
            count(*) as helpers,
            max(helped.helps) as most_helps
        from
            helped
            inner join active_days using (group_id, week, person_id)
            inner join marts.group_weeks as counts using (group_id, week)
        where
            active_days.days >= 8
            and helped.helps >= 2
            and helped.place <= 0.05 * counts.members_present
        group by
            helped.group_id,
            helped.week
    )
select
    weeks.group_id,
    weeks.week,
    coalesce(wish_weeks.intent_persons, weeks.no_word) as intent_persons,
    coalesce(wish_weeks.intent_without_order, weeks.no_word) as intent_without_order,
    coalesce(said.price_objectors, weeks.no_word) as price_objectors,
    coalesce(said.objectors, weeks.no_word) as objectors,
    if (
        weeks.has_log
        and weeks.had_log,
        coalesce(praise.feedback, 0) + coalesce(earlier.feedback, 0),
        null
    ) as feedback_14d,
    coalesce(candidates.helpers, 0) as helpers,
    coalesce(candidates.most_helps, 0)::bigint as most_helps
from
    intermediate.int_rule_weeks as weeks
    left join wish_weeks using (group_id, week)
    left join said using (group_id, week)
    left join praise using (group_id, week)
    left join praise as earlier on earlier.group_id = weeks.group_id
    and earlier.week = weeks.week - 7
    left join candidates on candidates.group_id = weeks.group_id
    and candidates.week = weeks.week
