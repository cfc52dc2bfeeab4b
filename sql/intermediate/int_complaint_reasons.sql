/*
title: Reasons for leaving in own complaints
description: What members complained of in the seven days before they left; confirmed where an operator called it a complaint.
grain: [group_id, person_id, nth, reason]
*/
with
    complaints as (
        select
            events.group_id,
            events.person_id,
            events.nth,
            unmasked (messages.match_text, 'complaint') as complaint,
            coalesce(
                list_contains(messages.labels_added, 'complaint'),
                false
            ) as is_confirmed
        from
            intermediate.int_messages as messages
            inner join marts.churn_events as events on events.group_id = messages.group_id
            and events.person_id = messages.person_id
        where
            messages.is_complaint
            and messages.sent_at between events.left_at - interval 7 day and events.left_at
    ),
    said as (
        select
            group_id,
            person_id,
            nth,
            is_confirmed,
            unnest(
                list_filter(
                    [
                        if (
                            has_word (complaint, 'complaint.ads'),
                            'ads',
                            null
                        ),
                        if (
                            has_word (complaint, 'complaint.benefit'),
                            'benefit',
                            null
                        ),
                        if (
                            has_word (complaint, 'complaint.content'),
                            'content',
                            null
                        ),
                        if (
                            has_word (complaint, 'complaint.price'),
                            'price',
                            null
                        ),
                        if (
                            -- 内容质量太差 is no bad product.
                            has_word (
                                regexp_replace(
                                    complaint,
                                    getvariable ('lexicon') ['complaint.content'],
                                    '□',
                                    'g'
                                ),
                                'complaint.quality'
                            ),
                            'quality',
                            null
                        ),
                        if (
                            has_word (complaint, 'complaint.service'),
                            'service',
                            null
                        ),
                        if (
                            has_word (complaint, 'complaint.logistics'),
                            'logistics',
                            null
                        )
                    ],
                    lambda facet: facet is not null
                )
            ) as facet
        from
            complaints
    )
select
    said.group_id,
    said.person_id,
    said.nth,
    titles.reason,
    if (bool_or(said.is_confirmed), 'confirmed', 'likely') as label,
    'own_words' as evidence
from
    said
    inner join seeds.churn_reason_titles as titles on titles.complaint_facet = said.facet
group by
    said.group_id,
    said.person_id,
    said.nth,
    titles.reason
