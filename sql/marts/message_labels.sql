/*
title: Labels of messages
description: >-
  One row per message and label with the words that made it fire. Labels that an operator put on have no word; those an
  operator took off are not here.
grain: [message_key, group_id, label]
columns:
  message_key: The message.
  group_id: The group.
  person_id: Sender; null for notices.
  sent_at: UTC.
  week: First day of the local week.
  label: One of ad, complaint, question, purchase_intent, benefit, welcome, greeting, acknowledgement, topic, solitaire.
  term: The words that fired, names and long numbers replaced by …; null when it was no word.
  term_start: Where the first of them begins in the match text, in characters from 1.
  term_end: Its last character.
  is_staff: Sent by staff.
  source: lexicon or operator.
*/
with
    found as (
        select
            message_key,
            group_id,
            person_id,
            sent_at,
            week,
            is_staff,
            match_text,
            labels_added,
            'ad' as label,
            words_in (match_text, 'ad') as terms,
            case
                when len(terms) > 0 then first_start (match_text, 'ad', terms)
            end as starts
        from
            intermediate.int_messages
        where
            is_ad
        union all
        select
            message_key,
            group_id,
            person_id,
            sent_at,
            week,
            is_staff,
            match_text,
            labels_added,
            'complaint' as label,
            words_in (match_text, 'complaint') as terms,
            case
                when len(terms) > 0 then first_start (match_text, 'complaint', terms)
            end as starts
        from
            intermediate.int_messages
        where
            is_complaint
        union all
        select
            message_key,
            group_id,
            person_id,
            sent_at,
            week,
            is_staff,
            match_text,
            labels_added,
            'question' as label,
            words_in (match_text, 'question') as terms,
            case
                when len(terms) > 0 then first_start (match_text, 'question', terms)
            end as starts
        from
            intermediate.int_messages
        where
            is_question
        union all
        select
            message_key,
            group_id,
            person_id,
            sent_at,
            week,
            is_staff,
            match_text,
            labels_added,
            'purchase_intent' as label,
            words_in (match_text, 'purchase_intent') as terms,
            case
                when len(terms) > 0 then first_start (match_text, 'purchase_intent', terms)
            end as starts
        from
            intermediate.int_messages
        where
            is_purchase_intent
        union all
        select
            message_key,
            group_id,
            person_id,
            sent_at,
            week,
            is_staff,
            match_text,
            labels_added,
            'benefit' as label,
            words_in (match_text, 'benefit') as terms,
            case
                when len(terms) > 0 then first_start (match_text, 'benefit', terms)
            end as starts
        from
            intermediate.int_messages
        where
            is_benefit
        union all
        select
            message_key,
            group_id,
            person_id,
            sent_at,
            week,
            is_staff,
            match_text,
            labels_added,
            'welcome' as label,
            words_in (match_text, 'welcome') as terms,
            case
                when len(terms) > 0 then first_start (match_text, 'welcome', terms)
            end as starts
        from
            intermediate.int_messages
        where
            is_welcome
        union all
        select
            message_key,
            group_id,
            person_id,
            sent_at,
            week,
            is_staff,
            match_text,
            labels_added,
            'greeting' as label,
            words_in (match_text, 'greeting') as terms,
            case
                when len(terms) > 0 then first_start (match_text, 'greeting', terms)
            end as starts
        from
            intermediate.int_messages
        where
            is_greeting
        union all
        select
            message_key,
            group_id,
            person_id,
            sent_at,
            week,
            is_staff,
            match_text,
            labels_added,
            'acknowledgement' as label,
            words_in (match_text, 'acknowledgement') as terms,
            case
                when len(terms) > 0 then first_start (match_text, 'acknowledgement', terms)
            end as starts
        from
            intermediate.int_messages
        where
            is_acknowledgement
        union all
        select
            message_key,
            group_id,
            person_id,
            sent_at,
            week,
            is_staff,
            match_text,
            labels_added,
            'topic' as label,
            words_in (match_text, 'topic') as terms,
            case
                when len(terms) > 0 then first_start (match_text, 'topic', terms)
            end as starts
        from
            intermediate.int_messages
        where
            is_topic
        union all
        select
            message_key,
            group_id,
            person_id,
            sent_at,
            week,
            is_staff,
            match_text,
            labels_added,
            'solitaire' as label,
            words_in (match_text, 'solitaire') as terms,
            case
                when len(terms) > 0 then first_start (match_text, 'solitaire', terms)
            end as starts
        from
            intermediate.int_messages
        where
            is_solitaire
    ),
    -- A group's own words are few: looked for only where one of them gave the label.
    own_words as (
        select
            group_id,
            label,
            list(lower(word)) as words
        from
            config.lexicon
        where
            group_id <> '*'
        group by all
    ),
    shown as (
        select
            found.*,
            if (
                list_contains(coalesce(found.labels_added, []), found.label),
                'operator',
                'lexicon'
            ) as source,
            case
                when len(found.terms) > 0 then once_each (found.terms)
                when own_words.words is not null then list_filter(
                    own_words.words,
                    lambda word: contains(lower(found.match_text), word)
                )
            end as fired,
            coalesce(
                found.starts,
                strpos(lower(found.match_text), fired[1])
            ) as word_start
        from
            found
            left join own_words on own_words.group_id = found.group_id
            and own_words.label = found.label
    )
select
    message_key,
    group_id,
    person_id,
    sent_at,
    week,
    label,
    if (source = 'lexicon', shown_terms (fired), null) as term,
    if (source = 'lexicon', word_start, null) as term_start,
    if (
        source = 'lexicon',
        word_start + length(fired[1]) - 1,
        null
    ) as term_end,
    is_staff,
    source
from
    shown
