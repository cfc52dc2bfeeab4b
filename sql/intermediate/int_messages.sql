/*
title: Messages with their person, match text and labels
description: >-
  Messages in UTC and local time, with the person who sent them, whether they count (metrics.md 2), the text as it is
  matched, and what the lexicon says of it. One pattern of all words finds the texts that the others must look at; the
  sender's role decides which labels a message may have, and an operator's correction beats both.
grain: [message_key, group_id]
*/
with
    recalled as (
        select distinct
            group_id,
            target_id as message_id
        from
            staging.stg_member_events
        where
            event = 'recall'
            and target_id is not null
    ),
    own_words as (
        select
            group_id,
            list({label: label, word: lower(word)}) as own_words
        from
            config.lexicon
        where
            group_id <> '*'
        group by
            group_id
    ),
    matched as (
        select
            messages.*,
            keys.person_id,
            coalesce(everywhere.role, here.role, 'member') as role,
            if (
                coalesce(everywhere.role, here.role, 'member') in ('member', 'shill'),
                'member',
                'staff'
            ) as side,
            recalled.message_id is not null as is_recalled,
            own_words.own_words,
            after_packet.message_key is not null as is_after_packet,
            corrections.added,
            corrections.removed,
            case
                when messages.has_words then match_text (messages.text)
                else messages.text
            end as match_text
        from
            (
                select
                    *,
                    may_say (text) as has_words
                from
                    staging.stg_messages
            ) as messages
            left join intermediate.int_person_keys as keys using (person_key)
            left join intermediate.int_roles as here on here.group_id = messages.group_id
            and here.person_id = keys.person_id
            left join intermediate.int_roles as everywhere on everywhere.group_id = '*'
            and everywhere.person_id = keys.person_id
            left join recalled on recalled.group_id = messages.group_id
            and recalled.message_id = messages.message_id
            left join own_words on own_words.group_id = messages.group_id
            left join intermediate.int_after_packets as after_packet on after_packet.message_key = messages.message_key
            and after_packet.group_id = messages.group_id
            left join intermediate.int_label_corrections as corrections on corrections.message_key = messages.message_key
            and corrections.group_id = messages.group_id
    ),
    said as (
        select
            matched.*,
            case
                when has_words
                and has_label (match_text, 'ad') then unmasked (match_text, 'ad')
            end as ad_text,
            case
                when has_words
                and may_have ('complaint', side) then says (match_text, 'complaint')
                else false
            end as says_complaint,
            case
                when has_words
                and may_have ('question', side) then says (match_text, 'question')
                else false
            end as says_question,
            case
                when has_words
                and may_have ('purchase_intent', side) then says (match_text, 'purchase_intent')
                else false
            end as says_purchase_intent,
            case
                when has_words
                and may_have ('benefit', side) then says (match_text, 'benefit')
                else false
            end as says_benefit,
            case
                when has_words
                and may_have ('welcome', side) then says (match_text, 'welcome')
                else false
            end as says_welcome,
            case
                when has_words
                and may_have ('greeting', side) then says (match_text, 'greeting')
                else false
            end as says_greeting,
            case
                when has_words
                and may_have ('acknowledgement', side) then says (match_text, 'acknowledgement')
                else false
            end as says_acknowledgement,
            case
                when has_words
                and may_have ('topic', side) then says (match_text, 'topic')
                else false
            end as says_topic,
            case
                when has_words
                and may_have ('solitaire', side) then says (match_text, 'solitaire')
                else false
            end as says_solitaire,
            case
                when own_words is not null then list_transform(
                    list_filter(
                        own_words,
                        lambda one: contains(lower(match_text), one.word)
                    ),
                    lambda one: one.label
                )
            end as own_labels
        from
            matched
    ),
    labelled as (
        select
            said.*,
            case
                when ad_text is not null then facet_score (ad_text, 'ad.offer') + facet_score (ad_text, 'ad.price') + facet_score (ad_text, 'ad.number') + facet_score (ad_text, 'ad.action') + facet_score (ad_text, 'ad.urgency') + facet_score (ad_text, 'ad.audience') + facet_score (ad_text, 'ad.recruit') + facet_score (ad_text, 'ad.deal') + facet_score (ad_text, 'ad.solicit') + facet_score (ad_text, 'ad.stock') + facet_score (ad_text, 'ad.swindle') + coalesce(facet_score (ad_text, 'ad.own'), 0)
            end as ad_score,
            corrected (
                'complaint',
                may_have ('complaint', side)
                and (
                    coalesce(says_complaint, false)
                    or has_own (own_labels, 'complaint')
                ),
                added,
                removed
            ) as is_complaint,
            corrected (
                'question',
                may_have ('question', side)
                and (
                    coalesce(says_question, false)
                    or has_own (own_labels, 'question')
                ),
                added,
                removed
            ) as is_question,
            corrected (
                'purchase_intent',
                may_have ('purchase_intent', side)
                and (
                    coalesce(says_purchase_intent, false)
                    or has_own (own_labels, 'purchase_intent')
                ),
                added,
                removed
            ) as is_purchase_intent,
            corrected (
                'benefit',
                may_have ('benefit', side)
                and (
                    coalesce(says_benefit, false)
                    or has_own (own_labels, 'benefit')
                ),
                added,
                removed
            ) as is_benefit,
            corrected (
                'welcome',
                may_have ('welcome', side)
                and (
                    coalesce(says_welcome, false)
                    or has_own (own_labels, 'welcome')
                ),
                added,
                removed
            ) as is_welcome,
            corrected (
                'greeting',
                may_have ('greeting', side)
                and (
                    coalesce(says_greeting, false)
                    or has_own (own_labels, 'greeting')
                ),
                added,
                removed
            ) as is_greeting,
            corrected (
                'acknowledgement',
                may_have ('acknowledgement', side)
                and (
                    -- The text of a picture is a placeholder in brackets, as emoji are.
                    (
                        coalesce(says_acknowledgement, false)
                        and kind = 'text'
                    )
                    or kind = 'sticker'
                    or has_own (own_labels, 'acknowledgement')
                ),
                added,
                removed
            ) as is_acknowledgement,
            corrected (
                'topic',
                may_have ('topic', side)
                and (
                    coalesce(says_topic, false)
                    or has_own (own_labels, 'topic')
                ),
                added,
                removed
            ) as is_topic,
            corrected (
                'solitaire',
                may_have ('solitaire', side)
                and (
                    coalesce(says_solitaire, false)
                    or kind = 'solitaire'
                    or has_own (own_labels, 'solitaire')
                ),
                added,
                removed
            ) as is_solitaire
        from
            said
    )
select
    message_key,
    group_id,
    person_id,
    sent_at,
    local_time (sent_at) as local_at,
    week_of (local_time (sent_at)) as week,
    kind,
    strlen(text) as text_length,
    match_text,
    role,
    role = 'staff' as is_staff,
    is_recalled,
    person_id is not null
    and not is_recalled
    and coalesce(kinds.is_counted = 'true', true) as is_counted,
    is_after_packet,
    added as labels_added,
    -- A member who asks about an offer is a buyer, no advertiser.
    corrected (
        'ad',
        may_have ('ad', side)
        and (
            has_own (own_labels, 'ad')
            or coalesce(
                ad_score >= if (
                    side = 'staff',
                    getvariable ('label_rules') ['ad'].staff,
                    getvariable ('label_rules') ['ad'].member
                ),
                false
            )
            and (
                side = 'staff'
                or not (
                    is_question
                    or is_purchase_intent
                )
            )
        ),
        added,
        removed
    ) as is_ad,
    is_complaint,
    is_question,
    is_purchase_intent,
    is_benefit,
    is_welcome,
    is_greeting,
    is_acknowledgement,
    is_topic,
    is_solitaire
from
    labelled
    left join seeds.message_kinds as kinds using (kind)
